using System.Diagnostics;
using System.Runtime;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// Plays one stream to every candidate, round after round, each round beginning with another of them.
/// </summary>
/// <param name="warmUp">A shorter stream of the same kind, for what is not counted.</param>
internal sealed class ThroughputRun(
    TickStream stream, TickStream warmUp, IReadOnlyList<CandidateKind> kinds, Action<string> progress)
{
    private const int LeastWarmUpRounds = 4;
    private const int MostWarmUpRounds = 20;
    private static readonly TimeSpan CompilerPause = TimeSpan.FromMilliseconds(250);

    private readonly CandidateFigures[] _figures = [.. kinds.Select(kind => new CandidateFigures(kind))];

    /// <summary>
    /// Plays uncounted rounds until the runtime has nothing left to compile, at least <see cref="LeastWarmUpRounds"/>.
    /// </summary>
    /// <remarks>
    /// The pause lets the runtime's background compiler begin: it waits for 100 ms in which no new method is met.
    /// </remarks>
    public void WarmUp()
    {
        long compiled = -1;
        for (int round = 0; round < MostWarmUpRounds
            && (round < LeastWarmUpRounds || JitInfo.GetCompiledMethodCount() != compiled); round++)
        {
            compiled = JitInfo.GetCompiledMethodCount();
            PlayRound(round, isCounted: false, $"warm-up {round + 1}");
            Thread.Sleep(CompilerPause);
        }
    }

    /// <summary>Plays counted rounds.</summary>
    /// <exception cref="InvalidOperationException">A candidate ended in another state than the recording.</exception>
    public IReadOnlyList<CandidateFigures> Run(int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            PlayRound(round, isCounted: true, $"round {round + 1} of {rounds}");
        }

        return _figures;
    }

    private void PlayRound(int round, bool isCounted, string name)
    {
        for (int i = 0; i < _figures.Length; i++)
        {
            CandidateFigures figures = _figures[(i + round) % _figures.Length];
            progress($"{name}: {figures.Kind.Name}");
            Measure(figures, isCounted);
        }
    }

    private void Measure(CandidateFigures figures, bool isCounted)
    {
        TickStream played = isCounted ? stream : warmUp;
        using ICandidate candidate = figures.Kind.Make();
        candidate.Open(played);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        int collections = GC.CollectionCount(0);
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        candidate.Run(played);
        double ns = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        collections = GC.CollectionCount(0) - collections;
        if (candidate.Hash is { } hash && hash != played.EndHash)
        {
            throw new InvalidOperationException(
                $"{figures.Kind.Name} ended in state {hash}, "
                + $"the recording in {played.EndHash}: they did not do the same work");
        }

        if (isCounted)
        {
            figures.Add(ns / stream.Ticks.Length, (double)allocated / stream.Ticks.Length, collections);
        }
    }
}
