using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Edits of an earlier start that the venue carried out after this start had looked: the stop stands there under its
/// old name at the terms of a newer one, which nobody knew to be there.
/// </summary>
/// <remarks>Thread: under the desk's lock.</remarks>
internal sealed class LateEdits(DeskState state)
{
    private readonly VenueOrderBook _book = state.Book;

    /// <summary>Finds the stop whose terms an order of an earlier start has now, and lets it take that place.</summary>
    /// <param name="index">The order; it works and is not being replaced.</param>
    /// <param name="seen">As the venue has it.</param>
    /// <param name="epoch">This start.</param>
    /// <param name="nowNs">Now, ns UTC.</param>
    /// <returns>Index of the stop that stands there now; −1 when none has these terms.</returns>
    public int Follow(int index, CoinbaseOrder seen, long epoch, long nowNs)
    {
        ref VenueOrder old = ref _book[index];
        if (old.Epoch >= epoch || old.Command.Purpose != OrderPurpose.Stop || old.Cancel != CancelPhase.None)
        {
            return -1;
        }

        int moved = _book.FindNewest(
            candidate => IsUnseen(in _book[candidate], in _book[index]) && IsAt(in _book[candidate], index, seen));
        if (moved < 0)
        {
            return -1;
        }

        ref VenueOrder order = ref _book[moved];
        order.VenueSize = SizeAfter(in old, in order);
        order.Command.Replaces = old.Sequence;
        _book.MoveByEdit(index, moved, nowNs);
        return moved;
    }

    /// <summary>
    /// Whether an order is a stop of an earlier start that came after another of its pair and that the venue was never
    /// seen to have.
    /// </summary>
    public static bool IsUnseen(in VenueOrder order, in VenueOrder older) =>
        order is { IsRestored: true, IsAcknowledged: false, Id.IsEmpty: true, Command.Purpose: OrderPurpose.Stop }
        && (order.Phase == OrderPhase.Unknown || order.IsDoneByProof)
        && order.Command.Product == older.Command.Product && order.Sequence > older.Sequence;

    /// <summary>What an edit asks for: the whole size, what has traded before included; ring units.</summary>
    public static long SizeAfter(in VenueOrder old, in VenueOrder moved) =>
        old.BaseFilled + old.Filled + moved.Command.Quantity;

    private bool IsAt(in VenueOrder order, int old, CoinbaseOrder seen)
    {
        VenueOrder moved = order;
        moved.VenueSize = SizeAfter(in _book[old], in order);
        return OrderTerms.Match(state.Pairs[order.Command.Product].Product, in moved, seen);
    }
}
