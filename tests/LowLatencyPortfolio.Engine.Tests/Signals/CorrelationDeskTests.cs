using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>Candle closes become correlations, groups, and news for the risk gate.</summary>
public sealed class CorrelationDeskTests
{
    private const int CandleSeconds = 60;

    private static readonly CorrelationOptions Quick = new()
    {
        HalfLifeCloses = 20, WarmUpCloses = 5, JoinCorrelation = 0.7, LeaveCorrelation = 0.5, ConfirmCloses = 2,
        HistoryCloses = 200,
    };

    private static readonly PairSetup[] Pairs = PairSetup.Arrange(Market.Pairs("ADA-USD", "BTC-USD", "ETH-USD"));

    private readonly CorrelationDesk _desk = new(Pairs, Quick, CandleSeconds);
    private readonly CandleRound _round = new(Pairs.Length);
    private readonly Random _random = new(5);
    private readonly long[] _prices = [10_000_000, 10_000_000, 10_000_000];

    [Fact]
    public void Pairs_that_move_as_one_are_told_once_and_those_that_part_are_told_again()
    {
        List<GroupChange> told = Close(60, together: true);
        Assert.Equal([new GroupChange(1, 1, 0)], told);
        told = Close(200, together: false);
        Assert.Equal([new GroupChange(1, 0, 1)], told);
    }

    [Fact]
    public void What_the_gate_goes_by_is_the_truth_about_what_it_was_told()
    {
        _ = Close(60, together: true);
        CorrelationDesk restored = Restored(_desk);
        restored.Follow([0, 1, 2]);        // the change never reached it
        Assert.Equal([new GroupChange(1, 1, 0)], restored.Learn(_round));
        Assert.Empty(restored.Learn(_round));
    }

    [Fact]
    public void Groups_that_the_gate_has_stand_until_measured_correlations_part_them()
    {
        CorrelationDesk anew = new(Pairs, Quick, CandleSeconds);
        anew.Follow([0, 1, 0]);
        for (int i = 0; i < Quick.WarmUpCloses; i++)
        {
            Assert.Empty(Close(anew, together: true));
        }

        List<GroupChange> told = [];
        for (int i = 0; i < 60; i++)
        {
            told.AddRange(Close(anew, together: true));
        }

        Assert.Equal([new GroupChange(2, 0, 2), new GroupChange(1, 1, 0)], told.OrderByDescending(news => news.Pair));
    }

    [Fact]
    public void State_goes_on_to_the_last_bit()
    {
        _ = Close(30, together: true);
        CorrelationDesk restored = Restored(_desk);
        restored.Follow([0, 0, 2]);
        HeldRisk[] held = [new(1m, 100m, 1m, 90m), new(2m, 50m), default];
        for (int i = 0; i < 150; i++)
        {
            Assert.Equal(Close(_desk, together: i < 20), restored.Learn(_round));
            Assert.Equivalent(_desk.Measure(held, 1_000m), restored.Measure(held, 1_000m), strict: true);
        }

        RiskReadings risk = _desk.Measure(held, 1_000m);
        Assert.Equal((10m, 100m, 1), (risk.Heat.Amount, risk.Heat.UnprotectedValue, risk.Heat.UnprotectedPositions));
        Assert.Equal(11m, risk.HeatPct);
        Assert.True(risk.ValueAtRisk > 0 && risk.HistoricalValueAtRisk > 0 && risk.EffectiveBets is > 1 and <= 2.1);
    }

    [Fact]
    public void What_is_held_and_not_measured_yet_has_no_value_at_risk_rather_than_none_to_lose()
    {
        HeldRisk[] held = [new(1m, 100m, 1m, 90m), default, default];
        RiskReadings young = _desk.Measure(held, 1_000m);
        Assert.Equal((null, null, 100d), (young.ValueAtRisk, young.EffectiveBets, young.UnmeasuredValue));
        RiskReadings flat = _desk.Measure([default, default, default], 1_000m);
        Assert.Equal((0d, 0d, 0d), (flat.ValueAtRisk, flat.EffectiveBets, flat.UnmeasuredValue));
    }

    [Fact]
    public void A_candle_of_an_earlier_interval_is_no_close_of_this_round()
    {
        _ = Close(20, together: true);
        CorrelationDesk restored = Restored(_desk);
        NextRound(together: true);
        _ = _desk.Learn(_round);
        _round.Candles[0].OpenTimeNs -= CandleSeconds * EventTime.Second;
        _ = restored.Learn(_round);
        Assert.NotEqual(_desk.NewRows()!.Volatilities[0], restored.NewRows()!.Volatilities[0]);
        Assert.Null(_desk.NewRows());
    }

    // Without a round there is no close: a stop, a silence of the whole market and dropped rounds look alike.
    [Theory]
    [InlineData(12, false, true)]
    [InlineData(13, false, false)]
    [InlineData(12, true, true)]
    [InlineData(13, true, false)]
    [InlineData(2_000, true, false)]
    public void The_move_of_a_long_gap_is_no_return_of_one_candle(int missed, bool restarts, bool counts)
    {
        Assert.Equal(12, Quick.MaxGapCloses);
        _ = Close(60, together: true);
        double before = _desk.NewRows()!.Volatilities[0];
        CorrelationDesk desk = restarts ? Restored(_desk) : _desk;
        _round.EndNs += missed * CandleSeconds * EventTime.Second;
        _prices[0] *= 2;
        _ = Close(desk, together: true);
        double after = desk.NewRows()!.Volatilities[0];
        Assert.Equal(counts, after > 10 * before);
        _ = Close(desk, together: true);
        Assert.InRange(desk.NewRows()!.Volatilities[0], after * 0.9, after * 1.1);
    }

    private static CorrelationDesk Restored(CorrelationDesk desk)
    {
        CheckpointWriter writer = new();
        desk.Save(writer);
        CorrelationDesk restored = new(Pairs, Quick, CandleSeconds);
        restored.Restore(new CheckpointReader(writer.Written));
        return restored;
    }

    private List<GroupChange> Close(int rounds, bool together)
    {
        List<GroupChange> told = [];
        for (int i = 0; i < rounds; i++)
        {
            told.AddRange(Close(_desk, together));
        }

        return told;
    }

    private List<GroupChange> Close(CorrelationDesk desk, bool together)
    {
        NextRound(together);
        return desk.Learn(_round);
    }

    private void NextRound(bool together)
    {
        _round.EndNs += CandleSeconds * EventTime.Second;
        double common = _random.NextDouble() - 0.5;
        for (int i = 0; i < Pairs.Length; i++)
        {
            double move = together && i < 2 ? common : _random.NextDouble() - 0.5;
            _prices[i] = (long)(_prices[i] * (1 + (move / 100)));
            _round.Candles[i] = new Candle
            {
                Open = _prices[i], High = _prices[i], Low = _prices[i], Close = _prices[i], Ticks = 1,
                OpenTimeNs = _round.EndNs - (CandleSeconds * EventTime.Second),
            };
        }
    }
}
