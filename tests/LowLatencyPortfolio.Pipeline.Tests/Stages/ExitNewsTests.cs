using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>What an observer is told of the closing of a pair.</summary>
public sealed class ExitNewsTests
{
    [Fact]
    public void An_exit_that_the_gate_refuses_is_told_as_failed()
    {
        Rig rig = new(portfolio: limits => limits with { MaxOrdersPerSecond = 1 }, pairs: 3);
        Listener listener = Listen(rig);
        long[] stops = new long[3];
        for (int product = 0; product < 3; product++)
        {
            rig.Wait(3);
            stops[product] = rig.Protected(100m, 1m, product);
        }

        rig.Wait(3);
        for (int product = 0; product < 3; product++)
        {
            rig.Control(ControlAction.Liquidate, product, ExitReason.Liquidation);
            rig.Report(stops[product], ReportKind.Cancelled);
        }

        // A bucket of two seconds holds two orders; the third exit of the moment is one too many.
        Assert.Equal([(2, ExitProgress.Failed)], listener.Told);
        rig.Wait(2);
        long exit = rig.Sent.Last(command => command.Product == 2).Sequence;
        rig.Report(exit, ReportKind.Ack);
        Assert.Equal((2, ExitProgress.Acknowledged), listener.Told[^1]);
    }

    [Fact]
    public void A_refused_stop_of_a_held_position_does_not_make_the_pair_flat()
    {
        Rig rig = new();
        Listener listener = Listen(rig);
        rig.Tick(100m);
        long entry = rig.Working(100m, 1m);
        rig.Report(entry, ReportKind.Fill, 1m, 100m);
        long stop = rig.Sent[^1].Sequence;
        rig.Report(stop, ReportKind.Rejected, reason: RejectReason.ProductState);
        Assert.Equal(1m, rig.Held());
        Assert.Empty(listener.Told);
    }

    [Fact]
    public void The_last_fill_of_a_stop_makes_the_pair_flat()
    {
        Rig rig = new();
        Listener listener = Listen(rig);
        long stop = rig.Protected(100m, 1m);
        rig.Report(stop, ReportKind.Triggered);
        rig.Report(stop, ReportKind.Fill, 1m, 95m);
        Assert.Equal([(0, ExitProgress.Flat)], listener.Told);
    }

    [Fact]
    public void A_stop_that_ends_and_leaves_dust_makes_the_pair_flat()
    {
        Rig rig = new();
        Listener listener = Listen(rig);
        long stop = rig.Protected(100m, 1m);
        rig.Report(stop, ReportKind.Triggered);
        rig.Report(stop, ReportKind.Fill, 0.995m, 95m);
        Assert.Empty(listener.Told);
        rig.Report(stop, ReportKind.Cancelled, 0.995m);
        Assert.Equal(0.005m, rig.Held());
        Assert.Equal([(0, ExitProgress.Flat)], listener.Told);
    }

    private static Listener Listen(Rig rig)
    {
        Listener listener = new();
        rig.Pipeline.Observer = listener;
        return listener;
    }

    private sealed class Listener : IOrderObserver
    {
        public List<(int Product, ExitProgress Progress)> Told { get; } = [];

        public void EntryAnswered(int source, RiskVerdict verdict, long sequence)
        {
        }

        public void ExitProgressed(int product, ExitProgress progress) => Told.Add((product, progress));
    }
}
