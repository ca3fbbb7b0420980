using LowLatencyPortfolio.Engine.Replay;

namespace LowLatencyPortfolio.Engine.Tests.Replay;

/// <summary>A replay to its end, to a stop, or in pieces: a stop in order every few events, and the next start goes
/// on.</summary>
internal static class ReplayRuns
{
    public static ReplayResult Run(ReplayRequest request) => ReplayRunner.Run(request, CancellationToken.None);

    /// <summary>Stops as soon as the input's event with this number was played.</summary>
    public static ReplayResult RunUntil(ReplayRequest request, long events)
    {
        using CancellationTokenSource stop = new();
        return ReplayRunner.Run(
            request with
            {
                ProgressInterval = 1,
                Progress = (done, _) =>
                {
                    if (done >= events)
                    {
                        stop.Cancel();
                    }
                },
            },
            stop.Token);
    }

    /// <summary>Runs to the end with stops at random distances.</summary>
    /// <param name="request">The run; its database is gone on with.</param>
    /// <param name="seed">Of the distances.</param>
    /// <param name="apart">Most events between two stops.</param>
    /// <returns>What the last piece came to.</returns>
    public static ReplayResult RunInPieces(ReplayRequest request, int seed, int apart = 90)
    {
        Random random = new(seed);
        ReplayResult last;
        long done = 0;
        do
        {
            done += random.Next(1, apart);
            last = RunUntil(request, done);
        }
        while (!last.Finished);

        return last;
    }
}
