using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// Decides which events are dropped at the queue's bound, counts them, and makes the row that stands in their place.
/// </summary>
/// <remarks>
/// Thread: the appending one; <see cref="Dropped"/> and <see cref="IsShut"/> any. An event is dropped whole or not at
/// all: a torn one would be committed in part. The gate opens again when a quarter of the queue is free, so that an
/// overload makes one gap, not thousands.
/// </remarks>
internal sealed class GapGate(int maxQueued)
{
    private readonly long _reopensAt = maxQueued - (maxQueued / 4) - 1;
    private bool _insideEvent;
    private bool _shut;
    private long _dropped;
    private long _inThisGap;
    private StateChange _lastDropped;

    public int MaxQueued { get; } = maxQueued;

    public long Dropped => Volatile.Read(ref _dropped);

    public bool IsShut => Volatile.Read(ref _shut);

    public bool Drops(in StateChange change, long waiting, bool mayWrite)
    {
        if (!_insideEvent)
        {
            Volatile.Write(ref _shut, !mayWrite || (_shut ? waiting > _reopensAt : waiting >= MaxQueued));
        }

        _insideEvent = !change.EndOfEvent;
        if (!_shut)
        {
            return false;
        }

        Volatile.Write(ref _dropped, _dropped + 1);
        _inThisGap++;
        _lastDropped = change;
        return true;
    }

    /// <summary>The row for what was dropped since the last one.</summary>
    /// <returns>False when nothing was.</returns>
    public bool TryTakeGap(out StateChange gap)
    {
        gap = default;
        if (_inThisGap == 0)
        {
            return false;
        }

        gap.Kind = StateChangeKind.History;
        gap.Action = HistoryAction.JournalGap;
        gap.Product = -1;
        gap.Quantity = _inThisGap;
        gap.TimeNs = _lastDropped.TimeNs;
        gap.MarketEvent = _lastDropped.MarketEvent;
        gap.EndOfEvent = true;
        _inThisGap = 0;
        return true;
    }
}
