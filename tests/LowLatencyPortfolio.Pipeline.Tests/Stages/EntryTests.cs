using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>SPEC 9: slots, queue, the second review, and what becomes of an entry that is not sent.</summary>
public sealed class EntryTests
{
    [Fact]
    public void Nothing_is_sent_before_the_intent_is_durable()
    {
        Rig rig = new();
        rig.Tick(100m);
        TradingEvent entry = rig.Enter(100m, 1m);
        Assert.Equal((RiskVerdict.Approved, 1L), (entry.Verdict, entry.Approved.Sequence));
        Assert.Equal("", rig.Take());
        Assert.Contains(rig.Journal, change => change.WantsAnswer && change.OrderState == OrderState.Intended);
        rig.Durable(1);
        Assert.Equal("Place Limit #1 1 @100", rig.Take());
    }

    [Fact]
    public void Failed_intent_is_abandoned_released_and_never_sent()
    {
        Rig rig = new();
        rig.Tick(100m);
        rig.Enter(100m, 1m);
        Assert.Equal(101m, rig.Pipeline.Metrics().ReservedCapital);
        Assert.Equal(RiskVerdict.IntentNotDurable, rig.Durable(1, durable: false).Verdict);
        Assert.Equal("", rig.Take());
        Assert.Equal(0m, rig.Pipeline.Metrics().ReservedCapital);
        Assert.Equal(OrderState.Abandoned, rig.Journal.Last(change => change.Kind == StateChangeKind.Order).OrderState);
        Assert.Equal(RiskVerdict.None, rig.Durable(1).Verdict);
        Assert.Equal("", rig.Take());
    }

    public static TheoryData<string, RiskVerdict> SecondReviews => new()
    {
        { "halt", RiskVerdict.TradingModeForbids },
        { "not tradable", RiskVerdict.ProductNotTradable },
        { "liquidate", RiskVerdict.PairExiting },
        { "feed down", RiskVerdict.PriceMissing },
        { "stale", RiskVerdict.PriceStale },
        { "moved away", RiskVerdict.LimitOutsideCollar },
    };

    [Theory]
    [MemberData(nameof(SecondReviews))]
    public void What_changed_before_the_intent_was_durable_abandons_the_entry(string change, RiskVerdict verdict)
    {
        Rig rig = new();
        rig.Tick(100m);
        rig.Enter(100m, 1m);
        switch (change)
        {
            case "halt":
                rig.Control(ControlAction.Halt);
                break;
            case "not tradable":
                rig.Feed(
                    rig.New(EventKind.ProductChanged, 0) with
                    {
                        Price = Rig.Units(0.01m), Quantity = Rig.Units(0.001m), Count = 0,
                    });
                break;
            case "liquidate":
                rig.Control(ControlAction.Liquidate, 0, ExitReason.Liquidation);
                break;
            case "feed down":
                rig.Feed(rig.New(EventKind.FeedState, -1) with { Health = HealthFlag.FeedDown, Quantity = 1 });
                break;
            case "stale":
                rig.NowNs += 31 * Rig.Second;
                break;
            default:
                rig.Tick(105m);
                break;
        }

        Assert.Equal(verdict, rig.Durable(1).Verdict);
        Assert.Equal("", rig.Take());
        Assert.Equal(0m, rig.Pipeline.Metrics().ReservedCapital);
    }

    [Fact]
    public void Queued_entries_take_freed_slots_in_their_order_one_an_event()
    {
        Rig rig = new(portfolio: config => config with { MaxConcurrentEntries = 1 }, pairs: 3);
        for (int product = 0; product < 3; product++)
        {
            rig.Tick(100m, product);
        }

        Assert.Equal(RiskVerdict.Approved, rig.Enter(100m, 1m).Verdict);
        Assert.Equal(RiskVerdict.Queued, rig.Enter(100m, 2m, product: 2).Verdict);
        Assert.Equal(RiskVerdict.Queued, rig.Enter(100m, 3m, product: 1).Verdict);
        Assert.Equal(6m * 101m, rig.Pipeline.Metrics().ReservedCapital);
        rig.Durable(1);
        Assert.DoesNotContain(rig.Journal, change => change.OrderSequence == 2);
        rig.Report(1, ReportKind.Ack);
        Assert.Contains(rig.Journal, change => change.OrderSequence == 2 && change.WantsAnswer);
        Assert.DoesNotContain(rig.Journal, change => change.OrderSequence == 3);
        rig.Durable(2, product: 2);
        rig.Report(2, ReportKind.Rejected);
        Assert.Contains(rig.Journal, change => change.OrderSequence == 3 && change.WantsAnswer);
    }

    [Fact]
    public void Queued_entry_is_reviewed_whole_again_when_its_slot_comes()
    {
        Rig rig = new(portfolio: config => config with { MaxConcurrentEntries = 1 });
        rig.Tick(100m);
        rig.Tick(100m, 1);
        rig.Enter(100m, 1m);
        rig.Enter(100m, 1m, product: 1);
        rig.Tick(110m, 1);
        rig.Durable(1);
        rig.Take();
        rig.Report(1, ReportKind.Ack);
        Assert.Contains(rig.Decided, e => e.Kind == EventKind.Control && e.Verdict == RiskVerdict.LimitOutsideCollar);
        Assert.Equal(101m, rig.Pipeline.Metrics().ReservedCapital);
    }

    [Fact]
    public void Queue_takes_256_entries_and_refuses_the_next()
    {
        Rig rig = new(portfolio: config => config with
        {
            MaxConcurrentEntries = 1, TotalCapital = 100_000_000m, MaxOrdersPerSecond = 1000, MaxPositionSizePct = 100m,
        });
        rig.Tick(100m);
        rig.Enter(100m, 1m);
        for (int i = 1; i <= 256; i++)
        {
            Assert.Equal((i, RiskVerdict.Queued), (i, rig.Enter(100m, 1m + (i * 0.001m)).Verdict));
        }

        Assert.Equal(RiskVerdict.EntryQueueFull, rig.Enter(100m, 5m).Verdict);
        rig.Control(ControlAction.Halt);
        Assert.Equal(256, rig.Decided.Count(e => e.Verdict == RiskVerdict.TradingModeForbids));
        Assert.Equal(101m, rig.Pipeline.Metrics().ReservedCapital);
    }

    [Fact]
    public void Slot_of_an_unknown_entry_is_kept_until_it_is_resolved()
    {
        Rig rig = new(portfolio: config => config with { MaxConcurrentEntries = 1 });
        rig.Tick(100m);
        rig.Tick(100m, 1);
        rig.Enter(100m, 1m);
        rig.Durable(1);
        rig.Report(1, ReportKind.Unknown);
        Assert.Equal(RiskVerdict.PairHasUnknownOrder, rig.Enter(99m, 1m).Verdict);
        Assert.Equal(RiskVerdict.Queued, rig.Enter(100m, 1m, product: 1).Verdict);
        Assert.Equal(202m, rig.Pipeline.Metrics().ReservedCapital);
        rig.Report(1, ReportKind.ProvenAbsent);
        Assert.Contains(rig.Journal, change => change.OrderSequence == 2 && change.WantsAnswer);
        Assert.Equal(101m, rig.Pipeline.Metrics().ReservedCapital);
    }

    [Fact]
    public void Order_given_up_as_absent_that_turns_up_counts_again()
    {
        Rig rig = new();
        rig.Tick(100m);
        long entry = rig.Working(100m, 1m);
        rig.Report(entry, ReportKind.Unknown);
        rig.Report(entry, ReportKind.ProvenAbsent);
        Assert.Equal(0m, rig.Pipeline.Metrics().ReservedCapital);
        rig.Report(entry, ReportKind.Fill, 0.4m, 100m);
        Assert.Equal(0.6m * 101m, rig.Pipeline.Metrics().ReservedCapital);
        rig.Take();
        rig.Control(ControlAction.ReduceOnly);
        Assert.Equal($"Cancel #{entry}", rig.Take());
    }

    [Fact]
    public void Same_entry_within_five_seconds_is_a_duplicate()
    {
        Rig rig = new();
        rig.Tick(100m);
        rig.Enter(100m, 1m);
        rig.NowNs += (5 * Rig.Second) - 1;
        Assert.Equal(RiskVerdict.DuplicateIntent, rig.Enter(100m, 1m).Verdict);
        rig.NowNs++;
        Assert.Equal(RiskVerdict.Approved, rig.Enter(100m, 1m).Verdict);
    }
}
