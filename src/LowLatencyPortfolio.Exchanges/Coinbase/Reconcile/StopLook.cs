using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Which pair is asked next whether the venue takes its stops. Each is asked until there was an answer, and once in
/// every round after that while the answer is not a yes.
/// </summary>
/// <remarks>
/// Thread: the reconciler's loop. One pair at a time, so that hundreds of them hold nothing else up; one that fails
/// goes to the end of the line.
/// </remarks>
/// <param name="pairs">Who is asked about.</param>
/// <param name="ask">Asks about one: whether its stops are refused; null when there is no price to ask at.</param>
internal sealed class StopLook(IEnumerable<PairSetup> pairs, Func<PairSetup, CancellationToken, Task<bool?>> ask)
{
    private readonly Queue<PairSetup> _waiting = new(pairs);
    private readonly List<PairSetup> _open = [];
    private readonly HashSet<int> _answered = [];
    private readonly int _count = pairs.Count();

    /// <summary>Whether there has been an answer about every pair: before that, nothing may be bought.</summary>
    public bool IsComplete => _answered.Count == _count;

    /// <summary>Whether a pair waits.</summary>
    public bool IsDue => _waiting.Count > 0;

    /// <summary>A new round has begun: pairs without a yes are asked about again.</summary>
    public void BeginRound()
    {
        _open.ForEach(_waiting.Enqueue);
        _open.Clear();
    }

    /// <summary>Asks about the next pair.</summary>
    /// <returns>The pair, and whether its stops are refused; null when there was no price to ask at.</returns>
    /// <exception cref="QueryException">There was no answer that could be read; it is asked again.</exception>
    public async Task<(PairSetup Pair, bool? IsRefused)> AskAsync(CancellationToken cancel)
    {
        PairSetup pair = _waiting.Dequeue();
        bool? isRefused;
        try
        {
            isRefused = await ask(pair, cancel).ConfigureAwait(false);
        }
        catch
        {
            _waiting.Enqueue(pair);
            throw;
        }

        _ = _answered.Add(pair.Index);
        if (isRefused != false)
        {
            _open.Add(pair);
        }

        return (pair, isRefused);
    }
}
