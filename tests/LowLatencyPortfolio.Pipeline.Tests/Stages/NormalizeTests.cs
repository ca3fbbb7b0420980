using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>SPEC 2 and the end of SPEC 12: time, collar, repeated trades, conflated ticks.</summary>
public sealed class NormalizeTests
{
    [Fact]
    public void Time_never_goes_back()
    {
        Rig rig = new();
        long start = rig.NowNs;
        rig.Tick(100m);
        rig.NowNs = start - 5;
        Assert.Equal(start, rig.Tick(100m).NowNs);
        rig.NowNs = start + 5;
        Assert.Equal(start + 5, rig.Tick(100m).NowNs);
    }

    [Theory]
    [InlineData(120, TickVerdict.Accepted)]
    [InlineData(120.00000001, TickVerdict.HeldAbsurd)]
    [InlineData(80, TickVerdict.Accepted)]
    [InlineData(79.99999999, TickVerdict.HeldAbsurd)]
    public void Tick_at_the_collar_is_accepted_and_one_unit_beyond_it_is_held(decimal price, TickVerdict verdict)
    {
        Rig rig = new();
        rig.Tick(100m);
        Assert.Equal(verdict, rig.Tick(price).TickVerdict);
    }

    [Theory]
    [InlineData(153, true)]
    [InlineData(153.00000001, false)]
    [InlineData(147, true)]
    [InlineData(146.99999999, false)]
    public void Held_tick_is_confirmed_by_the_next_within_two_percent(decimal next, bool isConfirmed)
    {
        Rig rig = new();
        rig.Tick(100m);
        rig.Tick(150m);
        Assert.Equal(RiskVerdict.PriceMissing, rig.Enter(100m, 1m).Verdict);
        TradingEvent confirming = rig.Tick(next);
        Assert.Equal(isConfirmed ? TickVerdict.AcceptedRange : TickVerdict.HeldAbsurd, confirming.TickVerdict);
        Assert.Equal(isConfirmed ? 0 : 1, rig.Pipeline.Counters.TicksRejected);
        if (isConfirmed)
        {
            Assert.Equal(
                (Rig.Units(Math.Min(150m, next)), Rig.Units(Math.Max(150m, next))),
                (confirming.RangeLow, confirming.RangeHigh));
        }
    }

    [Fact]
    public void Held_tick_moves_nothing_and_is_dropped_when_the_next_is_near_the_last()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Tick(50m);
        Assert.Equal(("", StopState.Resting), (rig.Take(), rig.State()));
        Assert.Equal(TickVerdict.Accepted, rig.Tick(100.5m).TickVerdict);
        Assert.Equal(1, rig.Pipeline.Counters.TicksRejected);
        Assert.Equal(100.5m, rig.Pipeline.ReadPairs()[0].Mark);
    }

    [Fact]
    public void Trade_with_a_number_seen_before_is_dropped_and_others_are_not()
    {
        Rig rig = new();
        Assert.Equal(TickVerdict.Accepted, rig.Tick(100m, key: 7).TickVerdict);
        Assert.Equal(TickVerdict.Accepted, rig.Tick(101m, key: 8).TickVerdict);
        Assert.Equal(TickVerdict.Duplicate, rig.Tick(100m, key: 7).TickVerdict);
        Assert.Equal(TickVerdict.Accepted, rig.Tick(100m, product: 1, key: 7).TickVerdict);
        Assert.Equal(TickVerdict.Accepted, rig.Tick(102m, key: 7 + 64).TickVerdict);
        Assert.Equal(1, rig.Pipeline.Counters.TicksRejected);
    }

    [Fact]
    public void Repeated_trade_beyond_the_collar_is_a_duplicate_and_not_a_confirmation()
    {
        Rig rig = new();
        rig.Tick(100m, key: 1);
        Assert.Equal(TickVerdict.HeldAbsurd, rig.Tick(150m, key: 2).TickVerdict);
        Assert.Equal(TickVerdict.Duplicate, rig.Tick(150m, key: 2).TickVerdict);
        Assert.Equal(TickVerdict.AcceptedRange, rig.Tick(151m, key: 3).TickVerdict);
    }

    [Fact]
    public void Low_of_conflated_ticks_hits_the_stop_before_their_high_moves_it()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Feed(rig.NewTick(101m) with { Count = 3, Low = Rig.Units(95m), High = Rig.Units(101m) });
        Assert.NotEqual(0, rig.Pipeline.Stages.Ratchet.Pairs[0].TriggeredAtNs);
    }

    [Fact]
    public void Absurd_extreme_of_conflated_ticks_is_not_believed()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        TradingEvent tick = rig.Feed(
            rig.NewTick(100m) with { Count = 3, Low = Rig.Units(50m), High = Rig.Units(101m) });
        Assert.Equal((Rig.Units(100m), Rig.Units(101m)), (tick.RangeLow, tick.RangeHigh));
        Assert.Equal(0, rig.Pipeline.Stages.Ratchet.Pairs[0].TriggeredAtNs);
    }

    [Fact]
    public void Low_of_conflated_ticks_that_confirm_a_held_one_is_kept()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        rig.Tick(125m);
        TradingEvent tick = rig.Feed(
            rig.NewTick(124m) with { Count = 2, Low = Rig.Units(105m), High = Rig.Units(126m) });
        Assert.Equal((Rig.Units(105m), Rig.Units(126m)), (tick.RangeLow, tick.RangeHigh));
    }

    [Fact]
    public void Range_inside_the_wake_levels_does_not_run_the_decimal_path()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        long woken = rig.Pipeline.Counters.TicksWoken;
        rig.Feed(rig.NewTick(100m) with { Count = 2, Low = Rig.Units(99m), High = Rig.Units(100.5m) });
        Assert.Equal(woken, rig.Pipeline.Counters.TicksWoken);
        Assert.Equal(Rig.Units(100.5m), rig.Pipeline.Stages.Ratchet.Pairs[0].Highest);
    }
}
