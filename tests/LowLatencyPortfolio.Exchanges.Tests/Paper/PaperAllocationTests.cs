using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Paper;

public sealed class PaperAllocationTests
{
    [Fact]
    public void Orders_ticks_and_reports_allocate_nothing_after_warm_up()
    {
        var script = new PaperScript(4);
        var paper = new PaperExchange(
            script.Config with { LatencyMs = 0 }, Pairs.Of("BTC-USD", "ETH-USD"), script.Cash, [true, true]);
        var steps = Enumerable.Range(0, 30_000).Select(_ => script.Next()).ToArray();
        Play(paper, steps);

        // The least of five parts: the runtime itself may allocate while it recompiles a method that has become hot;
        // code that allocates does so in every part.
        long least = long.MaxValue;
        for (int part = 0; part < 5 && least > 0; part++)
        {
            steps = [.. Enumerable.Range(0, 30_000).Select(_ => script.Next())];
            long fillsBefore = paper.Fills;
            long before = GC.GetAllocatedBytesForCurrentThread();
            Play(paper, steps);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.True(paper.Fills - fillsBefore > 1_000, "the measured part must trade");
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void The_meter_sees_a_single_small_object()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(new object());
        Assert.NotEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Play(
        PaperExchange paper, ReadOnlySpan<(OrderCommand[] Commands, MarketTick? Tick, long NowNs)> steps)
    {
        foreach (ref readonly var step in steps)
        {
            foreach (ref readonly OrderCommand command in step.Commands.AsSpan())
            {
                paper.Submit(in command);
            }

            paper.TakeInbox();
            paper.Deliver(step.NowNs);
            if (step.Tick is { } tick)
            {
                paper.Match(in tick);
            }

            paper.ClearReports();
        }
    }
}
