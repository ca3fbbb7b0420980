using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>A venue that is away for longer than a reconnect takes is told of, and so is its return.</summary>
public sealed class OutageTests(ExchangeProcess exchange) : IClassFixture<ExchangeProcess>
{
    [Fact]
    public async Task A_venue_that_is_away_is_told_of_once_and_its_return_once()
    {
        await using Trader trader = await Trader.StartAsync(exchange);
        ConcurrentQueue<EngineAlarm> alarms = new();
        trader.Engine.Alarmed += alarms.Enqueue;
        await trader.HoldAsync(2m);
        await exchange.Admin.WireFaultsAsync("""
            {"on":"market-ws","fault":"disconnect"},
            {"on":"user-ws","fault":"disconnect"},
            {"on":"query","fault":"server-error"}
            """);
        await trader.UntilAsync(() => Count(HistoryAction.OutageBegan) == 3, "all three are told");
        Dictionary<string, double> away = Metrics(trader.Engine.EngineId);
        Assert.Equal((0, 1), (away["llp.user_channel.up"], away["llp.feed.pairs_down"]));
        Assert.True(away["llp.venue.questions.failed"] > 0);
        Assert.InRange(away["llp.venue.requests.left_in_hour"], 1, 2_500);
        await exchange.Admin.HealAsync();
        await trader.UntilAsync(() => Count(HistoryAction.OutageEnded) == 3, "all three are over");
        await trader.CoveredAsync(2m);
        Assert.Equal(6, alarms.Count);
        Dictionary<string, double> back = Metrics(trader.Engine.EngineId);
        Assert.Equal((1, 0), (back["llp.user_channel.up"], back["llp.feed.pairs_down"]));
        Assert.Single(alarms, alarm => Tells(alarm, "no prices come"));
        Assert.Single(alarms, alarm => Tells(alarm, "messages about our orders do not come"));
        Assert.Single(alarms, alarm => Tells(alarm, "does not answer all questions"));
        await Truth.HoldsAsync(trader);

        int Count(HistoryAction action) => alarms.Count(alarm => alarm.Action == action);
    }

    private static Dictionary<string, double> Metrics(string engine)
    {
        Dictionary<string, double> read = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, from) =>
        {
            if (instrument.Meter.Name == "LowLatencyPortfolio")
            {
                from.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return read;

        void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags[0].Value is string id && id == engine)
            {
                read[instrument.Name] = value;
            }
        }
    }

    private static bool Tells(EngineAlarm alarm, string text) => alarm.Text.Contains(text, StringComparison.Ordinal);
}
