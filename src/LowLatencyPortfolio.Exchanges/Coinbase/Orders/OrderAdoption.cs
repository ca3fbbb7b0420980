using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Makes the gateway's orders of those that an engine found written down after a crash.</summary>
internal static class OrderAdoption
{
    /// <summary>Orders as they were seen, with what their fills say of the part that is not booked yet.</summary>
    /// <param name="seen">Ours, of the last look.</param>
    /// <param name="adopted">What of them is booked.</param>
    /// <param name="pairs">The pairs by index.</param>
    public static IEnumerable<CoinbaseOrder> WithLiquidity(
        IReadOnlyList<CoinbaseOrder> seen, IEnumerable<AdoptedOrder> adopted, IReadOnlyList<PairSetup> pairs)
    {
        Dictionary<string, AdoptedOrder> bySeen = adopted
            .Where(order => order.Seen is not null)
            .ToDictionary(order => order.Seen!.VenueId, StringComparer.Ordinal);
        return seen.Select(order =>
        {
            if (!bySeen.TryGetValue(order.OrderId, out AdoptedOrder? ours))
            {
                return order;
            }

            decimal booked =
                pairs[ours.Order.Product].Product.QuantityOf(ours.BaseFilled + ours.Order.Cumulative);
            return order.FilledSize <= booked
                ? order
                : order with { Liquidity = ours.Seen!.LiquidityOfLast(order.FilledSize - booked) };
        });
    }

    /// <summary>The order as the gateway would have had it, had it lived on.</summary>
    public static VenueOrder VenueOrderOf(AdoptedOrder adopted)
    {
        StoredOrder order = adopted.Order;
        bool isOver = OrderTransitions.IsFinal(order.State);
        bool isAbsent = order.State == OrderState.Abandoned;
        bool isKnown = isOver
            || order.State is OrderState.Working or OrderState.Triggered or OrderState.CancelPending;
        VenueOrder left = new()
        {
            Command = new OrderCommand
            {
                Kind = OrderCommandKind.Place,
                Side = order.Side,
                Type = order.Type,
                Purpose = order.Purpose,
                Product = order.Product,
                Sequence = order.Sequence,
                Limit = order.Limit,
                Trigger = order.Trigger,
                Quantity = order.Quantity,
                ReleasedAtNs = order.CreatedAtNs,
            },
            Epoch = adopted.Epoch,
            ClientSequence = adopted.ClientSequence,
            Phase = isOver ? OrderPhase.Done : isKnown ? OrderPhase.Working : OrderPhase.Unknown,
            IsAcknowledged = isKnown && !isAbsent,
            IsDoneByProof = isAbsent,
            IsTriggered = order.State == OrderState.Triggered,
            WasLost = !isKnown,
            WasCancelAsked = adopted.WasCancelAsked || order.State == OrderState.CancelPending,
            IsRestored = !adopted.IsToRepeat,
            WasEdited = adopted.ClientSequence != order.Sequence,
            BaseFilled = adopted.BaseFilled,
            BaseValue = adopted.BaseValue,
            BaseFees = adopted.BaseFees,
            Filled = order.Cumulative,
            Value = order.FilledValue,
            Fees = order.Fees,
            VenueSize = adopted.BaseFilled + order.Quantity,        // an edit asks for the total
        };
        if (adopted.Seen is { VenueId: var id })
        {
            _ = VenueOrderId.TryParse(id, out left.Id);
        }

        return left;
    }
}
