using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>SPEC 10: no entry works in <c>ReduceOnly</c> or <c>Halted</c>, whenever it is found to work.</summary>
public sealed class EntryBarTests
{
    private static readonly int s_pause = (int)(EntryBar.AgainNs / Rig.Second);

    [Theory]
    [InlineData(ControlAction.ReduceOnly)]
    [InlineData(ControlAction.Halt)]
    public void Entry_of_which_nobody_knew_whether_it_works_is_cancelled_when_it_is_found_to(ControlAction mode)
    {
        Rig rig = Entering(out long entry);
        rig.Report(entry, ReportKind.Unknown);
        rig.Control(mode);
        Assert.Equal("", rig.Take());
        rig.Report(entry, ReportKind.Ack);
        Assert.Equal($"Cancel #{entry}", rig.Take());
        rig.Report(entry, ReportKind.Cancelled);
        rig.Wait(3 * s_pause);
        Assert.Equal("", rig.Take());
    }

    [Fact]
    public void Entry_that_arrives_after_the_venue_said_it_never_did_is_cancelled()
    {
        Rig rig = Entering(out long entry);
        rig.Report(entry, ReportKind.Unknown);
        rig.Report(entry, ReportKind.ProvenAbsent);
        rig.Control(ControlAction.ReduceOnly);
        rig.Report(entry, ReportKind.Ack);
        Assert.Equal($"Cancel #{entry}", rig.Take());
    }

    [Fact]
    public void Entry_that_is_sent_and_not_acknowledged_is_cancelled_once()
    {
        Rig rig = Entering(out long entry);
        rig.Control(ControlAction.ReduceOnly);
        Assert.Equal($"Cancel #{entry}", rig.Take());
        rig.Report(entry, ReportKind.Ack);
        rig.Wait(3 * s_pause);
        Assert.Equal("", rig.Take());
    }

    [Fact]
    public void Cancel_that_the_venue_refuses_is_asked_for_again_after_a_pause_each_time()
    {
        Rig rig = Entering(out long entry);
        rig.Report(entry, ReportKind.Ack);
        rig.Control(ControlAction.ReduceOnly);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal($"Cancel #{entry}", rig.Take());
            rig.Report(entry, ReportKind.CancelRejected);
            rig.Wait(s_pause - 1);
            Assert.Equal("", rig.Take());
            rig.Wait(1);
        }

        Assert.Equal($"Cancel #{entry}", rig.Take());
    }

    [Fact]
    public void Pause_is_kept_while_another_pair_is_looked_at_every_second()
    {
        Rig rig = Entering(out long entry);
        rig.Report(entry, ReportKind.Ack);
        long stop = rig.Protected(100m, 1m, 1);
        rig.Report(stop, ReportKind.Cancelled);
        rig.Control(ControlAction.ReduceOnly);
        rig.Report(entry, ReportKind.CancelRejected);
        rig.Take();
        int cancels = 0;
        for (int second = 1; second < s_pause; second++)
        {
            rig.Report(rig.Pipeline.Stages.RiskGate.Gate.NextSequence, ReportKind.Rejected);
            rig.Wait(1);
            cancels += rig.Sent.Count(command => command.Kind == OrderCommandKind.Cancel);
            Assert.Contains("Place StopLimit", rig.Take(), StringComparison.Ordinal);
        }

        Assert.Equal(0, cancels);
        rig.Wait(1);
        Assert.Contains($"Cancel #{entry}", rig.Take(), StringComparison.Ordinal);
    }

    [Fact]
    public void Entry_that_was_found_to_work_goes_on_when_trading_is_resumed()
    {
        Rig rig = Entering(out long entry);
        rig.Report(entry, ReportKind.Ack);
        rig.Control(ControlAction.Halt);
        rig.Report(entry, ReportKind.CancelRejected);
        rig.Take();
        rig.Control(ControlAction.Resume);
        rig.Wait(3 * s_pause);
        rig.Report(entry, ReportKind.Ack);
        Assert.Equal("", rig.Take());
        rig.Control(ControlAction.ReduceOnly);
        rig.Wait(1);
        Assert.Equal($"Cancel #{entry}", rig.Take());
    }

    [Fact]
    public void What_it_has_bought_is_protected_first()
    {
        Rig rig = Entering(out long entry);
        rig.Report(entry, ReportKind.Unknown);
        rig.Control(ControlAction.ReduceOnly);
        rig.Report(entry, ReportKind.Fill, 0.4m, 100m);
        Assert.Equal("Place StopLimit #2 0.4 @95/94.05", rig.Take());
        rig.Report(2, ReportKind.Ack);
        Assert.Equal($"Cancel #{entry}", rig.Take());
    }

    [Fact]
    public void Stop_that_the_venue_refuses_does_not_keep_the_entry_working()
    {
        Rig rig = Entering(out long entry);
        rig.Report(entry, ReportKind.Unknown);
        rig.Control(ControlAction.ReduceOnly);
        rig.Report(entry, ReportKind.Fill, 0.4m, 100m);
        rig.Take();
        rig.Report(2, ReportKind.Rejected);
        Assert.Equal($"Cancel #{entry}", rig.Take());
    }

    [Fact]
    public void Exit_does_not_wait_for_ever_for_a_buy_that_the_venue_would_not_cancel()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        long entry = rig.Working(99.5m, 1m);
        rig.Take();
        rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
        rig.Report(2, ReportKind.Cancelled);
        rig.Report(entry, ReportKind.CancelRejected);
        Assert.Equal($"Cancel #{entry}; Cancel #2", rig.Take());
        rig.Wait(1);
        Assert.Equal($"Cancel #{entry}", rig.Take());
        rig.Report(entry, ReportKind.Cancelled);
        Assert.Equal("Place Market #4 1", rig.Take());
    }

    [Fact]
    public void Buy_beside_a_triggered_stop_is_asked_for_again_too()
    {
        Rig rig = new();
        rig.Protected(100m, 1m);
        long entry = rig.Working(99.5m, 1m);
        rig.Take();
        rig.Report(2, ReportKind.Triggered);
        Assert.Equal($"Cancel #{entry}", rig.Take());
        rig.Report(entry, ReportKind.CancelRejected);
        Assert.Equal("", rig.Take());
        rig.Wait(1);
        Assert.Equal($"Cancel #{entry}", rig.Take());
    }

    [Fact]
    public void Cancel_of_one_pairs_entries_bars_none_that_come_later()
    {
        Rig rig = Entering(out long entry);
        rig.Report(entry, ReportKind.Ack);
        rig.Control(ControlAction.CancelEntries, 0);
        Assert.Equal($"Cancel #{entry}", rig.Take());
        rig.Report(entry, ReportKind.CancelRejected);
        rig.Wait(3 * s_pause);
        rig.Report(entry, ReportKind.Ack);
        Assert.Equal("", rig.Take());
    }

    private static Rig Entering(out long entry)
    {
        Rig rig = new();
        rig.Tick(100m);
        rig.Tick(100m, 1);
        entry = rig.Enter(100m, 1m).Approved.Sequence;
        rig.Durable(entry);
        rig.Take();
        return rig;
    }
}
