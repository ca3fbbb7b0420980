using System.Text.Json.Nodes;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchange.Simulation.Tests;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Simulation.Tests.Live;

/// <summary>
/// <c>llp run --feed coinbase --gateway coinbase --signals</c> against a venue in a process of its own: it finds its
/// entries by votes over the candles that it builds from the venue's trades.
/// </summary>
public sealed class SignalSessionTests : LiveTest
{
    private const decimal Cash = 200_000m;
    private static readonly string[] Products = ["BTC-USD", "ETH-USD"];

    [Fact]
    public async Task Entries_found_by_votes_are_filled_at_the_venue_get_their_stops_and_both_books_agree()
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(
            Workspace,
            "--ticks", Wave("BTC-USD", 40_000m), Wave("ETH-USD", 2_000m),
            "--speed", "1x", "--rebase", "--start", "subscribed", "--balances", "USD=200000");
        string database = Workspace.File("signals.db");
        string json = Workspace.File("result.json");
        string recording = Workspace.File("session.rec");
        using LlpProcess llp = Start(
            "run", "--feed", "coinbase", "--gateway", "coinbase", "--signals", "--endpoints", venue.EndpointsFile,
            "--key-file", venue.KeyFile, "--config", Configuration(), "--db", database, "--json", json,
            "--record", recording);
        await LiveSession.UntilAsync(
            llp, async () => AllProtected(VenueLedger.Read(await venue.LedgerAsync())) && AllProtected(database));
        llp.Signal("TERM");
        LlpResult result = llp.Finish();
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("Active Positions: 2 |", result.Output, StringComparison.Ordinal);

        JsonNode told = JsonNode.Parse(File.ReadAllText(json))!;
        Assert.True(told["signalVotes"]!.GetValue<long>() >= 2 * Products.Length, told.ToJsonString());
        Assert.True(told["signalsSent"]!.GetValue<long>() >= Products.Length, told.ToJsonString());
        new OpenBooks(VenueLedger.Read(await venue.LedgerAsync()), database).AssertAgree(Cash);
        LlpResult replay = Run("replay", recording);
        Assert.True(replay.ExitCode == 0, replay.Error);
        Assert.Contains(told["stateHash"]!.GetValue<string>(), replay.Output, StringComparison.Ordinal);
    }

    // A pair is bought once, when two of three votes stand; the wave never reaches its stop, and a move would have to
    // be 10 %. So nothing changes any more once both are protected, however long the programs take.
    private string Configuration() => Workspace.Write("config.json", """
        {
          "portfolio": { "totalCapital": 100000, "maxOrderNotional": 5000 },
          "pairDefaults": {
            "trailPct": 0.1, "minRatchet": 0.1, "maxEntryWaitCandles": 1000, "maxEntriesPerHour": 1000
          },
          "pairs": [{ "productId": "BTC-USD" }, { "productId": "ETH-USD" }],
          "signals": { "candleSeconds": 1, "rsiPeriod": 3, "macdFast": 3, "macdSlow": 6, "macdSignal": 3,
            "atrPeriod": 3, "windowCandles": 5, "confirmationWindow": 4 }
        }
        """);

    // Up and down by 1 %, again and again for twenty minutes: longer than this test may take.
    private string Wave(string product, decimal middle)
    {
        const int Trades = 6_000;
        const int HalfWave = 60;
        DateTime begin = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        IEnumerable<string> rows = Enumerable.Range(0, Trades).Select(i =>
        {
            int step = Math.Abs((i % (2 * HalfWave)) - HalfWave) - (HalfWave / 2);
            decimal price = decimal.Round(middle * (1m + (step * 0.01m / (HalfWave / 2))), 2);
            return FormattableString.Invariant(
                $"{begin.AddMilliseconds(200 * i):yyyy-MM-dd'T'HH:mm:ss.fff'Z'},{price:F2},0.5");
        });
        return Workspace.Write($"{product}.csv", "time,price,size\n" + string.Join('\n', rows) + "\n");
    }

    private static bool AllProtected(VenueLedger ledger) => Products.All(product =>
        ledger.Orders.Any(order => order.Product == product && !order.IsSell && order.Filled > 0m && !order.IsLive)
        && ledger.Orders.Any(order => order.Product == product && order.IsSell && order.IsLive));

    private static bool AllProtected(string databasePath)
    {
        if (!File.Exists(databasePath))
        {
            return false;
        }

        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(databasePath);
        return database.Positions().Count(row => row.State == StopState.Resting) == Products.Length;
    }
}
