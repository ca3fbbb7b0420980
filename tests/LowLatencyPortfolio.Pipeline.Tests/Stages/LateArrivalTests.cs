using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>Sells of an earlier start that no row knows, told by the gateway while the engine runs.</summary>
public sealed class LateArrivalTests
{
    private readonly Rig _rig = new();

    [Fact]
    public void Stop_of_a_position_that_is_not_there_is_cancelled()
    {
        _rig.Tick(100m);
        TakeOver(707, 2m, 95m);
        Assert.Equal("Cancel #707", _rig.Take());
        _rig.Feed(Report(ReportKind.Cancelled, 707, 2m, 95m));
        Assert.Equal(StopState.None, _rig.State());
    }

    [Fact]
    public void Stop_beside_the_one_that_rests_is_merged_with_it()
    {
        long stop = _rig.Protected(100m, 2m);
        TakeOver(707, 2m, 95m);
        string[] asked = _rig.Take().Split("; ");
        Assert.Equal(2, asked.Length);
        Assert.Contains(asked, ask => ask.StartsWith("Replace #", StringComparison.Ordinal));
        Assert.Contains(asked, ask => ask == $"Cancel #{stop}" || ask == "Cancel #707");
    }

    [Fact]
    public void Stop_that_holds_the_coins_protects_them_and_no_other_is_asked_for()
    {
        _rig.Tick(100m);
        long entry = _rig.Working(100m, 2m);
        _rig.Report(entry, ReportKind.Fill, 2m, 100m);
        long stop = _rig.Sent[^1].Sequence;
        TakeOver(707, 2m, 95m);
        _rig.Report(stop, ReportKind.Rejected, reason: RejectReason.InsufficientFunds);
        _rig.Take();
        _rig.Wait(60);
        Assert.Equal("", _rig.Take());
        Assert.Equal((StopState.Resting, 2m), (_rig.State(), _rig.Held()));
        _rig.Feed(Report(ReportKind.Fill, 707, 2m, 95m) with
        {
            CumulativeQuantity = Rig.Units(2m), FillValue = 190m, Price = Rig.Units(95m),
        });
        Assert.Equal(0m, _rig.Held());
    }

    [Fact]
    public void What_it_has_sold_is_booked_and_its_row_has_the_name_that_the_venue_knows()
    {
        long stop = _rig.Protected(100m, 2m);
        TakeOver(707, 2m, 0m);
        _rig.Feed(Report(ReportKind.Fill, 707, 2m, 0m) with
        {
            CumulativeQuantity = Rig.Units(2m), FillValue = 196m, Price = Rig.Units(98m),
        });
        Assert.Equal(0m, _rig.Held());
        Assert.Contains($"Cancel #{stop}", _rig.Take(), StringComparison.Ordinal);
        StateChange row = _rig.Journal.First(change => change.Kind == StateChangeKind.Order
            && change.OrderSequence == 707);
        Assert.Equal((3L, OrderState.Working), (row.Epoch, row.OrderState));
        Assert.Contains(_rig.Journal, change => change.Finding == ReconcileFinding.OrderAdopted
            && change.OrderSequence == 707);
        Assert.Equal(-4m, _rig.Pipeline.Metrics().RealizedPnl);
    }

    [Fact]
    public void Sell_of_a_part_is_a_reduction_and_the_stop_covers_the_rest()
    {
        long stop = _rig.Protected(100m, 2m);
        TakeOver(707, 0.5m, 0m);
        OrderCommand smaller = Assert.Single(_rig.Sent);
        Assert.Equal(
            (OrderCommandKind.Replace, stop, Rig.Units(1.5m)),
            (smaller.Kind, smaller.Replaces, smaller.Quantity));
        _ = _rig.Take();
        _rig.Report(smaller.Sequence, ReportKind.Replaced, related: stop);
        _rig.Feed(Report(ReportKind.Fill, 707, 0.5m, 0m) with
        {
            CumulativeQuantity = Rig.Units(0.5m), FillValue = 49m, Price = Rig.Units(98m),
        });
        Assert.Equal(("", 1.5m, StopState.Resting), (_rig.Take(), _rig.Held(), _rig.State()));
        Assert.All(
            _rig.Journal.Where(change => change.Kind == StateChangeKind.Order && change.OrderSequence == 707),
            row => Assert.Equal(OrderPurpose.Reduce, row.Purpose));
        _rig.Pipeline.Stages.CheckCopies();
    }

    [Theory]
    [InlineData(1.999, OrderPurpose.Reduce)]
    [InlineData(1.9995, OrderPurpose.Exit)]
    [InlineData(2.0, OrderPurpose.Exit)]
    public void Sell_of_all_but_what_has_no_place_on_the_grid_is_an_exit(double quantity, OrderPurpose purpose)
    {
        _rig.Protected(100m, 2m);
        TakeOver(707, (decimal)quantity, 0m);
        Assert.Equal(
            purpose, _rig.Journal.First(change => change.Kind == StateChangeKind.Order
                && change.OrderSequence == 707).Purpose);
    }

    [Fact]
    public void Told_twice_it_counts_once()
    {
        _rig.Protected(100m, 2m);
        TakeOver(707, 0.5m, 0m);
        TakeOver(707, 0.5m, 0m);
        Assert.Equal(0, _rig.Pipeline.Stages.Ratchet.Contradictions);
        _rig.Pipeline.Stages.CheckCopies();
    }

    private void TakeOver(long sequence, decimal quantity, decimal trigger) =>
        _rig.Feed(Report(ReportKind.TakenOver, sequence, quantity, trigger) with { RelatedSequence = 3 });

    private TradingEvent Report(ReportKind kind, long sequence, decimal quantity, decimal trigger) =>
        _rig.New(EventKind.OrderReport, 0) with
        {
            Report = kind, OrderSequence = sequence, Side = OrderSide.Sell,
            OrderType = trigger == 0m ? OrderType.Market : OrderType.StopLimit,
            Price = Rig.Units(trigger * 0.99m), Low = Rig.Units(trigger), Quantity = Rig.Units(quantity),
        };
}
