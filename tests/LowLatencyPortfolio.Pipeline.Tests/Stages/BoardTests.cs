namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>The board is written by the gate and read by anybody, without a lock.</summary>
public sealed class BoardTests
{
    [Fact]
    public async Task Figures_read_while_they_are_written_belong_together()
    {
        Rig rig = new();
        rig.Protected(100m, 10m);
        rig.Wait(1);
        PortfolioBoard board = rig.Pipeline.Board;
        using CancellationTokenSource done = new();
        long reads = 0;
        Task<string?> reader = Task.Run(() =>
        {
            PortfolioSnapshot snapshot = board.NewSnapshot();
            while (!done.IsCancellationRequested)
            {
                board.Read(snapshot);
                ref readonly PortfolioFigures figures = ref snapshot.Portfolio;
                ref readonly PairFigures pair = ref snapshot.Pairs[0];
                decimal unrealized = (pair.Held / 100_000_000m * (pair.Mark / 100_000_000m)) - pair.Cost;
                if (figures.Unrealized != unrealized
                    || figures.Equity != 100_000m + figures.Realized + figures.Unrealized)
                {
                    return $"unrealized {figures.Unrealized}, the pair's {unrealized}, equity {figures.Equity}";
                }

                Interlocked.Increment(ref reads);
            }

            return null;
        });

        long deadline = Environment.TickCount64 + 20_000;
        for (int i = 0; (i < 30_000 || Interlocked.Read(ref reads) < 2_000) && Environment.TickCount64 < deadline; i++)
        {
            rig.Feed(rig.NewTick(100m + (i % 100 * 0.01m)), settle: false);
            rig.NowNs += Rig.Second / 100;
            rig.Feed(rig.New(EventKind.Timer, -1), settle: false);
        }

        await done.CancelAsync();
        Assert.Null(await reader);
        Assert.True(reads >= 2_000, $"{reads} reads");
    }
}
