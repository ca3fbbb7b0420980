using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Moves of stops whose turn comes late are handed back unsent: the engine, which knows the newest level, decides anew
/// at once, and what leaves is that level.
/// </summary>
/// <remarks>
/// Thread: under the desk's lock. Allocation: none. One at a time, and only when it could have left: of many that wait,
/// each would only be decided to wait again. Its turn is kept a moment for the engine's word. What is decided anew has
/// waited for nothing, so it is not handed back before it has waited as long itself. A move that makes the stop smaller
/// or larger leaves as it was decided: a part of the position waits for it.
/// </remarks>
internal sealed class MoveTurns(VenueOrderBook book, DeskCounts counts, TimeSpan longestWait)
{
    private const long AnswerNs = EventTime.Second / 10;

    private readonly long _longestNs = DeskState.Ns(longestWait);
    private int _awaited = -1;
    private long _awaitedUntilNs;

    /// <summary>Whether a request is part of a move that nothing of the position waits for.</summary>
    public bool IsMove(long sequence, WireAction action) => Find(sequence, action) >= 0;

    /// <summary>Whether moves wait for the engine's word on the one that was handed back.</summary>
    /// <param name="nowNs">Now, ns UTC.</param>
    /// <param name="left">How long at most.</param>
    public bool IsAwaiting(long nowNs, out TimeSpan left)
    {
        left = TimeSpan.FromTicks(Math.Max(_awaitedUntilNs - nowNs, 0) / 100);
        if (nowNs >= _awaitedUntilNs)
        {
            _awaited = -1;
        }

        return _awaited >= 0;
    }

    /// <summary>The engine has decided on a move.</summary>
    public void OnDecided(ref VenueOrder move, long nowNs)
    {
        move.WaitsSinceNs = nowNs;
        _awaited = _awaited == move.Command.Product ? -1 : _awaited;
    }

    /// <summary>Whether a move has waited so long that its level may be old.</summary>
    public bool IsLate(long sequence, WireAction action, long nowNs) =>
        Find(sequence, action) is >= 0 and int index && nowNs - book[index].WaitsSinceNs >= _longestNs;

    /// <summary>Gives a move that was not sent back; the stop that it was to replace stays, and nothing was asked of
    /// the venue.</summary>
    public void HandBack(long sequence, WireAction action, long nowNs)
    {
        int index = Find(sequence, action);
        ref VenueOrder move = ref book[index];
        ref VenueOrder stays = ref book[book.Find(move.Command.Replaces)];
        stays.ReplacedBy = 0;
        stays.IsReplaceBegun = false;
        stays.Cancel = CancelPhase.None;
        counts.HandedBack++;
        _awaited = move.Command.Product;
        _awaitedUntilNs = nowNs + AnswerNs;
        book.Finish(
            index, ReportKind.HandedBack, RejectReason.WaitedForTurn, byProof: true, nowNs, related: stays.Sequence);
    }

    // The move that a request is for, unless the venue may have carried something of it out; −1 for any other.
    private int Find(long sequence, WireAction action)
    {
        int index = action == WireAction.Create ? -1 : book.Find(sequence);
        if (index >= 0 && action == WireAction.Cancel)
        {
            index = book[index] is { IsCancelOfEngine: false, ReplacedBy: not 0 and var by } ? book.Find(by) : -1;
        }

        int replaced = index < 0 || book[index].HasLeft || book[index].Phase != OrderPhase.Replacing
            ? -1
            : book.Find(book[index].Command.Replaces);
        if (replaced < 0)
        {
            return -1;
        }

        ref VenueOrder old = ref book[replaced];
        return old is { Phase: OrderPhase.Working, IsTriggered: false, IsCancelOfEngine: false }
            && old.Cancel is CancelPhase.None or CancelPhase.Wanted
            && book[index].Command.Quantity == old.Command.Quantity - old.Filled ? index : -1;
    }
}
