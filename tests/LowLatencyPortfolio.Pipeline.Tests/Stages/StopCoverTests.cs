using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>What of a position is shown as covered by stops, on the board and at quiescence.</summary>
public sealed class StopCoverTests
{
    [Fact]
    public void A_stop_covers_from_when_the_venue_has_it()
    {
        Rig rig = new();
        rig.Tick(100m);
        long entry = rig.Working(100m, 2m);
        rig.Report(entry, ReportKind.Fill, 2m, 100m);
        AssertCovered(rig, held: 2m, covered: 0m, value: 0m);
        rig.Report(2, ReportKind.Unknown);
        AssertCovered(rig, held: 2m, covered: 0m, value: 0m);
        rig.Report(2, ReportKind.Ack);
        AssertCovered(rig, held: 2m, covered: 2m, value: 190m);
    }

    [Fact]
    public void A_reduction_leaves_uncovered_what_it_sells()
    {
        Rig rig = new();
        rig.Protected(100m, 2m);
        rig.Feed(rig.New(EventKind.Control, 0) with
        {
            Action = ControlAction.Rebalance, Side = OrderSide.Sell, Quantity = Rig.Units(0.5m),
        });
        AssertCovered(rig, held: 2m, covered: 2m, value: 190m);
        rig.Report(3, ReportKind.Replaced, related: 2);
        AssertCovered(rig, held: 2m, covered: 1.5m, value: 142.5m);
        rig.Report(4, ReportKind.Fill, 0.5m, 101m);
        AssertCovered(rig, held: 1.5m, covered: 1.5m, value: 142.5m);
    }

    private static void AssertCovered(Rig rig, decimal held, decimal covered, decimal value)
    {
        HeldRisk risk = rig.Pipeline.ReadPairs()[0].Risk;
        Assert.Equal((held, covered, value), (risk.Quantity, risk.Covered, risk.StopValue));
        PortfolioSnapshot snapshot = rig.Pipeline.Board.NewSnapshot();
        rig.Pipeline.Board.Read(snapshot);
        PairFigures figures = snapshot.Pairs[0];
        Assert.Equal((Rig.Units(covered), value), (figures.Covered, figures.StopValue));
    }
}
