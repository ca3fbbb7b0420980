namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Looks once more, when its turn has come, whether a request still makes sense.</summary>
/// <remarks>Thread: under the desk's lock. Allocation: none.</remarks>
internal static class RequestPreparation
{
    /// <summary>Completes a request that waited in line.</summary>
    /// <returns>False when what it was for is over.</returns>
    public static bool TryPrepare(DeskState state, long sequence, WireAction action, out WireRequest request)
    {
        request = default;
        int index = state.Book.Find(sequence);
        if (index < 0)
        {
            return false;
        }

        ref VenueOrder order = ref state.Book[index];
        request.Action = action;
        request.Order = order.Command;
        request.Epoch = order.Epoch;
        request.Quantity = order.VenueSize;
        switch (action)
        {
            case WireAction.Create:
                return !order.IsRestored && order.Phase == OrderPhase.Queued
                    || (!order.IsRestored && order.Phase == OrderPhase.Unknown && order.IsProtective
                        && order.Id.IsEmpty);
            case WireAction.Cancel:
                request.Target = order.Id;
                return !order.IsDone && order.Cancel == CancelPhase.Wanted && !order.Id.IsEmpty;
            default:
                int replaced = state.Book.Find(order.Command.Replaces);
                if (order.Phase != OrderPhase.Replacing || replaced < 0 || state.Book[replaced].IsTriggered
                    || state.Book[replaced].Phase != OrderPhase.Working)
                {
                    return false;
                }

                request.Target = state.Book[replaced].Id;
                return true;
        }
    }

    /// <summary>The request leaves now.</summary>
    public static void MarkSent(DeskState state, in WireRequest request, long nowNs)
    {
        ref VenueOrder order = ref state.Book[state.Book.Find(request.Order.Sequence)];
        if (request.Action == WireAction.Cancel)
        {
            if (order.ReplacedBy != 0 && state.Book.Find(order.ReplacedBy) is >= 0 and int by)
            {
                MoveTimes.Begin(ref state.Book[by], nowNs);
            }

            order.Cancel = CancelPhase.InFlight;
            order.WasCancelAsked = true;
        }
        else if (request.Action == WireAction.Create && order.Phase == OrderPhase.Queued)
        {
            order.Phase = OrderPhase.InFlight;
        }
        else if (request.Action == WireAction.Edit)
        {
            order.EditSize = order.VenueSize;
            order.IsEditInFlight = true;
        }
    }
}
