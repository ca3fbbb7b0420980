using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Which of the stops that wait is worth the next request: the missing one first, then the move that protects most.
/// </summary>
/// <remarks>
/// Thread: under the desk's lock. A pair has one move under way at most, and the engine decides the next only after its
/// answer: so what waits is one move of each pair. One whose turn comes late is decided anew before it leaves
/// (<see cref="MoveTurns"/>), so what leaves is the newest level. The smallest step is the engine's <c>MinRatchet</c>.
/// </remarks>
internal static class StopPlanner
{
    /// <summary>Quantity times distance gained, 10⁻¹⁶ quote; the most there is for what cannot wait.</summary>
    public static Int128 WorthOf(DeskState state, long sequence, WireAction action)
    {
        int index = state.Book.Find(sequence);
        if (index < 0 || action == WireAction.Create)
        {
            return Int128.MaxValue;
        }

        ref VenueOrder order = ref state.Book[index];
        if (action != WireAction.Cancel)
        {
            return GainOf(state, in order, order.Command.Replaces);
        }

        // A cancel on the way to a move is worth what the move is; any other makes room for an exit.
        int by = order.ReplacedBy == 0 || order.IsCancelOfEngine ? -1 : state.Book.Find(order.ReplacedBy);
        return by < 0 ? Int128.MaxValue : GainOf(state, in state.Book[by], sequence);
    }

    private static Int128 GainOf(DeskState state, in VenueOrder moved, long from)
    {
        int old = state.Book.Find(from);
        return old < 0 || moved.Command.Purpose != OrderPurpose.Stop
            ? Int128.MaxValue
            : (Int128)moved.Command.Quantity * (moved.Command.Trigger - state.Book[old].Command.Trigger);
    }
}
