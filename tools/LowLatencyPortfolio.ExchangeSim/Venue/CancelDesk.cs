namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>Takes cancel requests: queued at once, done later; a fill may still come in between.</summary>
internal sealed class CancelDesk(VenueState state, Settlement settlement, Matcher matcher)
{
    public const string UserRequest = "User requested cancel";

    /// <summary>One result per id, in request order.</summary>
    public IReadOnlyList<CancelResult> Cancel(IReadOnlyList<string> orderIds) =>
        [.. orderIds.Select(id => Refusal(id) is { } reason ? new CancelResult(id, false, reason) : Queue(id))];

    private string? Refusal(string orderId)
    {
        if (orderId.Length == 0)
            return "INVALID_CANCEL_REQUEST";
        if (state.Orders.Find(orderId) is not { } order)
            return "UNKNOWN_CANCEL_ORDER";
        return order.Status switch
        {
            OrderStatus.Filled => "ORDER_IS_FULLY_FILLED",
            OrderStatus.EditQueued => "ORDER_IS_BEING_REPLACED",
            OrderStatus.CancelQueued or OrderStatus.Cancelled => "DUPLICATE_CANCEL_REQUEST",
            OrderStatus.Expired or OrderStatus.Failed => "NOT_ALLOWED_TO_CANCEL",
            _ => state.Faults.Strike(VenueFaultKind.CancelRefused, order) is { } fault
                ? fault.Code ?? "COMMANDER_REJECTED_CANCEL_ORDER"
                : null,
        };
    }

    private CancelResult Queue(string orderId)
    {
        var order = state.Orders.Find(orderId)!;
        order.Status = OrderStatus.CancelQueued;
        state.Publish(order);
        long latency = state.Settings.CancelLatencyNs;
        if (state.Faults.Strike(VenueFaultKind.FillDuringCancel, order) is { } race)
            state.After(latency / 2, () => matcher.FillNow(order, race.Fraction));
        state.After(latency, () => Complete(order));
        return new CancelResult(orderId, true, "UNKNOWN_CANCEL_FAILURE_REASON");
    }

    private void Complete(VenueOrder order)
    {
        if (!order.IsFinal)
            settlement.Finish(order, OrderStatus.Cancelled, UserRequest);
    }
}
