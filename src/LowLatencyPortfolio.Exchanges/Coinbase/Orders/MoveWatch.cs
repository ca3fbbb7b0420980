using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Tells the engine for each pair what it costs to move a stop, whenever that changes.</summary>
/// <remarks>
/// Thread: under the desk's lock. Allocation: none. The engine's stages read no clock, so what is measured here reaches
/// them as events. Where edits may be tried, a move leaves no gap, so its time does not count.
/// </remarks>
internal sealed class MoveWatch(
    IReadOnlyList<PairSetup> pairs, EditSupport edits, MoveTimes moves, ReportBuffer reports)
{
    private readonly bool[] _isSlow = new bool[pairs.Count];
    private readonly bool[] _isUnproven = new bool[pairs.Count];
    private long _toldAtNs;

    /// <summary>Pairs whose stops are not moved because that takes too long, as last told.</summary>
    public int SlowPairs => _isSlow.AsSpan().Count(true);

    /// <summary>
    /// Tells how far apart moves must be, and that market sells end at once; once, before anything else.
    /// </summary>
    public void Begin(TimeSpan interval, long nowNs)
    {
        foreach (PairSetup pair in pairs)
        {
            reports.AddPace(pair.Index, DeskState.Ns(interval), nowNs);
            reports.AddHealth(HealthFlag.SellsAtOnce, isBad: true, nowNs, pair.Index);
        }
    }

    /// <summary>Tells what has changed; at most once a second.</summary>
    public void Tell(long nowNs)
    {
        if (_toldAtNs != 0 && nowNs - _toldAtNs < EventTime.Second)
        {
            return;
        }

        _toldAtNs = nowNs;
        long p99Ns = moves.P99Ns(nowNs);
        for (int i = 0; i < _isSlow.Length; i++)
        {
            bool isSlow = !edits.MayEdit(i) && p99Ns > pairs[i].Config.NakedBudgetSeconds * EventTime.Second;
            Tell(i, HealthFlag.StopMovesSlow, ref _isSlow[i], isSlow, nowNs);
            Tell(i, HealthFlag.StopEditsUnproven, ref _isUnproven[i], !edits.IsProven(i), nowNs);
        }
    }

    private void Tell(int product, HealthFlag flag, ref bool told, bool isBad, long nowNs)
    {
        if (told != isBad)
        {
            told = isBad;
            reports.AddHealth(flag, isBad, nowNs, product);
        }
    }
}
