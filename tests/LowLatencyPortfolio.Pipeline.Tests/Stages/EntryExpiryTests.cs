using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>An entry's limit order waits <see cref="PairConfig.MaxEntryWaitCandles"/> for its fill and no
/// longer.</summary>
public sealed class EntryExpiryTests
{
    private const int Candle = 10;

    [Fact]
    public void An_unfilled_entry_is_cancelled_when_the_candle_after_its_last_one_begins()
    {
        Rig rig = Waiting(candleSeconds: Candle, out long entry);
        rig.Wait((3 * Candle) - 4);
        Assert.Equal(string.Empty, rig.Take());
        rig.Wait(1);
        Assert.Equal($"Cancel #{entry}", rig.Take());

        rig.Report(entry, ReportKind.Cancelled);
        StateChange told = Assert.Single(rig.Journal, change => change.Action == HistoryAction.OrderCancelled);
        Assert.Equal((entry, RejectReason.WaitedTooLong), (told.OrderSequence, told.Reason));
        rig.Wait(10 * Candle);
        Assert.Equal(string.Empty, rig.Take());
    }

    [Fact]
    public void An_entry_that_is_filled_in_part_keeps_what_it_bought_and_its_stop()
    {
        Rig rig = Waiting(candleSeconds: Candle, out long entry);
        rig.Report(entry, ReportKind.Fill, 0.4m, 99m);
        rig.Report(rig.Sent[^1].Sequence, ReportKind.Ack);
        rig.Take();
        rig.Wait(3 * Candle);
        Assert.Equal($"Cancel #{entry}", rig.Take());
        rig.Report(entry, ReportKind.Cancelled, 0.4m);
        Assert.Equal((0.4m, StopState.Resting), (rig.Held(), rig.State()));
    }

    [Fact]
    public void Without_candles_an_entry_waits_for_ever()
    {
        Rig rig = Waiting(candleSeconds: 0, out _);
        rig.Wait(20 * Candle);
        Assert.Equal(string.Empty, rig.Take());
    }

    [Fact]
    public void A_cancel_that_was_refused_is_asked_for_again_after_as_many_candles()
    {
        Rig rig = Waiting(candleSeconds: Candle, out long entry);
        rig.Wait((3 * Candle) - 3);
        Assert.Equal($"Cancel #{entry}", rig.Take());
        rig.Report(entry, ReportKind.CancelRejected);
        rig.Wait((3 * Candle) - 1);
        Assert.Equal(string.Empty, rig.Take());
        rig.Wait(1);
        Assert.Equal($"Cancel #{entry}", rig.Take());
    }

    [Fact]
    public void Of_several_overdue_entries_each_is_cancelled_oldest_first()
    {
        Rig rig = Waiting(candleSeconds: Candle, out long first);
        long second = rig.Working(98m, 1m);
        rig.Take();
        rig.Wait((3 * Candle) - 3);
        Assert.Equal($"Cancel #{first}", rig.Take());
        rig.Wait(1);
        Assert.Equal($"Cancel #{second}", rig.Take());
    }

    // Three seconds into a candle, a limit below the market.
    private static Rig Waiting(int candleSeconds, out long entry)
    {
        Rig rig = new(config => config with { MaxEntryWaitCandles = 3 }, candleSeconds: candleSeconds);
        rig.NowNs = (1_700_000_000 + 3) * Rig.Second;
        rig.Tick(100m);
        entry = rig.Working(99m, 1m);
        rig.Take();
        return rig;
    }
}
