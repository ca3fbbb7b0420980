using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Edits that the venue carried out before their answer came, or whatever it said: what an order has traded, or the
/// terms under which it trades, are those of the move, so the move comes first, as if its answer had come in time.
/// </summary>
/// <remarks>
/// Thread: under the desk's lock. A stop that an edit makes larger may sell more than it was for: that is no
/// contradiction up to the size that the edit asked for. Where neither size nor terms tell, the order goes on as what
/// it was; what it trades is booked by difference, so nothing is lost and nothing is booked twice. Allocation: none for
/// an order that trades within its size.
/// </remarks>
internal sealed class CarriedEdits(DeskState state)
{
    private readonly VenueOrderBook _book = state.Book;

    /// <summary>Lets the move of an order take its place if the venue has carried its edit out.</summary>
    /// <param name="index">The order.</param>
    /// <param name="view">What it has traded, and where it stands.</param>
    /// <param name="seen">Its terms; null when only its fills were looked at.</param>
    /// <param name="nowNs">Now, ns UTC.</param>
    /// <returns>Index of what stands there now: the move, or the order itself.</returns>
    public int Follow(int index, in OrderView view, CoinbaseOrder? seen, long nowNs)
    {
        ref VenueOrder old = ref _book[index];
        if (old.Command.Type != OrderType.StopLimit)
        {
            return index;
        }

        int moved = -1;
        if (view.Filled - old.BaseFilled > old.Command.Quantity)
        {
            moved = FindLarger(index, view.Filled, seen);
        }
        else if (old.ReplacedBy != 0 && seen is not null && (view.IsTriggered || view.Status == VenueStatus.Filled))
        {
            moved = _book.Find(old.ReplacedBy);
            moved = moved >= 0 && TellsMove(index, moved, seen) ? moved : -1;
        }

        if (moved < 0)
        {
            return index;
        }

        long size = SizeOf(index, moved);
        HandOver(index, moved);
        _book[moved].VenueSize = size;
        _book[moved].Command.Replaces = old.Sequence;
        _book.MoveByEdit(index, moved, nowNs);
        return moved;
    }

    // Given up or not: what trades beyond the old size was asked for by an edit.
    private int FindLarger(int index, long filled, CoinbaseOrder? seen) => _book.FindNewest(candidate =>
        SizeOf(index, candidate) is > 0 and long size && filled <= size
        && (seen is null || Match(in _book[candidate], size, seen)));

    // The total that an edit of the order to another one's terms asked for, or may have asked for before an earlier
    // start was killed; 0 when there was none.
    private long SizeOf(int index, int candidate)
    {
        ref VenueOrder old = ref _book[index];
        ref VenueOrder move = ref _book[candidate];
        bool isSent = move.EditSize > 0 && move.Command.Replaces == old.Sequence && move.Id.IsEmpty
            && (!move.IsDone || move.IsDoneByProof);
        return isSent ? move.EditSize
            : old.IsRestored && LateEdits.IsUnseen(in move, in old) ? LateEdits.SizeAfter(in old, in move)
            : 0;
    }

    // A stop that has triggered is not edited any more: its terms are those it was edited to before, or its own.
    private bool TellsMove(int index, int moved, CoinbaseOrder seen) =>
        seen is { StopPrice: > 0m, LimitPrice: > 0m } && SizeOf(index, moved) is > 0 and long size
        && Match(in _book[moved], size, seen) && !Match(in _book[index], _book[index].VenueSize, seen);

    private bool Match(in VenueOrder order, long size, CoinbaseOrder seen)
    {
        VenueOrder sized = order;
        sized.VenueSize = size;
        return OrderTerms.Match(state.Pairs[order.Command.Product].Product, in sized, seen);
    }

    // A move that was decided after the one that was carried out now takes that one's place.
    private void HandOver(int index, int moved)
    {
        ref VenueOrder old = ref _book[index];
        int next = old.ReplacedBy == _book[moved].Sequence ? -1 : _book.Find(old.ReplacedBy);
        if (next < 0)
        {
            return;
        }

        ref VenueOrder stands = ref _book[moved];
        _book[next].Command.Replaces = stands.Sequence;
        stands.ReplacedBy = old.ReplacedBy;
        stands.IsReplaceBegun = old.IsReplaceBegun && old.Cancel == CancelPhase.None;      // a cancel was the old one's
        stands.FilledAtReplace = old.FilledAtReplace - old.Filled;
    }
}
