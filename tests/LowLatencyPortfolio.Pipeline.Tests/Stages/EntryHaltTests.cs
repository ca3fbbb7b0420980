using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>Entries that wait for a person, or for the key: refused, journaled, told.</summary>
public sealed class EntryHaltTests
{
    [Fact]
    public void An_order_that_nobody_can_explain_refuses_entries_of_all_pairs_and_is_journaled_with_its_number()
    {
        Rig rig = new(pairs: 2);
        rig.Tick(100m);
        rig.Tick(100m, product: 1);
        rig.Feed(
            Halt(rig, HealthFlag.OrdersUnexplained, HaltCause.OrderDiffers, product: 1) with { OrderSequence = 7 });
        StateChange row = Assert.Single(rig.Journal, change => change.Action == HistoryAction.EntriesHalted);
        Assert.Equal((1, 7, HaltCause.OrderDiffers), (row.Product, row.OrderSequence, row.HaltCause));
        Assert.Equal(RiskVerdict.NotReconciled, rig.Enter(100m, 1m).Verdict);
        Assert.Equal(RiskVerdict.NotReconciled, rig.Enter(100m, 1m, product: 1).Verdict);
    }

    [Fact]
    public void A_key_that_is_accepted_again_lets_entries_in_and_both_are_journaled()
    {
        Rig rig = new();
        rig.Tick(100m);
        rig.Feed(Halt(rig, HealthFlag.KeyRefused, HaltCause.KeyRefused));
        Assert.Equal(RiskVerdict.NotReconciled, rig.Enter(100m, 1m).Verdict);
        rig.Feed(Halt(rig, HealthFlag.KeyRefused, HaltCause.KeyRefused) with { Quantity = 0 });
        Assert.Equal(RiskVerdict.Approved, rig.Enter(100m, 1m).Verdict);
        Assert.Equal(
            [(HistoryAction.EntriesHalted, HaltCause.KeyRefused), (HistoryAction.EntriesAllowed, HaltCause.KeyRefused)],
            rig.Journal.Where(change => change.HaltCause != HaltCause.None)
                .Select(change => (change.Action, change.HaltCause)));
    }

    [Fact]
    public void What_an_earlier_session_has_found_refuses_entries_and_is_not_journaled_again()
    {
        Rig rig = new();
        rig.Tick(100m);
        rig.Feed(Halt(rig, HealthFlag.OrdersUnexplained, HaltCause.None));
        Assert.Equal(RiskVerdict.NotReconciled, rig.Enter(100m, 1m).Verdict);
        Assert.DoesNotContain(rig.Journal, change => change.Action == HistoryAction.EntriesHalted);
    }

    [Fact]
    public void Alarms_are_told_where_they_are_journaled_and_nothing_else_is()
    {
        Rig rig = new();
        List<HistoryAction> told = [];
        rig.Pipeline.Alarmed = row => told.Add(row.Action);
        rig.Protected(100m, 1m);
        rig.Report(2, ReportKind.Cancelled, reason: RejectReason.CancelledByOther);
        rig.Report(3, ReportKind.Ack);
        Assert.Empty(told);
        rig.Report(3, ReportKind.Cancelled, reason: RejectReason.CancelledByOther);
        rig.Feed(Halt(rig, HealthFlag.KeyRefused, HaltCause.KeyRefused));
        rig.Feed(Halt(rig, HealthFlag.KeyRefused, HaltCause.KeyRefused) with { Quantity = 0 });
        rig.Control(ControlAction.Halt);
        Assert.Equal(
            [HistoryAction.StopTaken, HistoryAction.EntriesHalted, HistoryAction.EntriesAllowed, HistoryAction.Halted],
            told);
    }

    private static TradingEvent Halt(Rig rig, HealthFlag flag, HaltCause cause, int product = -1) =>
        rig.New(EventKind.FeedState, product) with { Health = flag, HaltCause = cause, Quantity = 1 };
}
