namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>Takes edits of GTC orders: checked and queued at once, in force later, under the same order id.</summary>
internal sealed class EditDesk(VenueState state, Settlement settlement, Matcher matcher)
{
    private const string NoPreviewFailure = "UNKNOWN_PREVIEW_FAILURE_REASON";

    public EditResult Edit(EditRequest request)
    {
        if (Review(request) is { } refusal)
            return refusal;
        var order = state.Orders.Find(request.OrderId)!;
        order.PendingEdit = new EditRecord(request.Price!.Value, request.Size!.Value,
            request.StopPrice ?? order.Terms.StopPrice, state.NowNs) { Attached = AttachedAfter(order, request) };
        order.Status = OrderStatus.EditQueued;
        settlement.AdjustHold(order);
        state.Publish(order);
        bool isIgnored = state.Faults.Strike(VenueFaultKind.EditIgnored, order) is not null;
        var pending = order.PendingEdit;
        state.After(state.Settings.EditLatencyNs, () => Complete(order, pending, isIgnored));
        return new EditResult(null);
    }

    /// <summary>The first reason for which the venue would refuse this edit, or null.</summary>
    public EditResult? Review(EditRequest request)
    {
        if (state.Orders.Find(request.OrderId) is not { } order)
            return new EditResult("ORDER_NOT_FOUND", NoPreviewFailure);
        string? failure = StateFailure(order) ?? TermsFailure(order, request);
        if (failure is not null)
            return new EditResult(failure, NoPreviewFailure);
        return MarketFailure(order, request);
    }

    private string? StateFailure(VenueOrder order) => order.Status switch
    {
        OrderStatus.CancelQueued => "CANNOT_EDIT_ORDER_PENDING_CANCEL",
        OrderStatus.EditQueued => "ORDER_IS_ALREADY_BEING_REPLACED",
        not OrderStatus.Open => "ONLY_OPEN_ORDERS_CAN_BE_EDITED",
        _ when state.Faults.Strike(VenueFaultKind.EditUnsupported, order) is { } fault =>
            fault.Code ?? (order.Terms.IsStop ? "FIELD_STOPPRICE_NOT_SUPPORTED" : "ONLY_LIMIT_ORDER_EDITS_SUPPORTED"),
        _ when order.Plan is ScaledPlan => "STRATEGY_NOT_SUPPORTED",
        _ when order.Terms.Kind is not (OrderKind.LimitGtc or OrderKind.StopLimitGtc or OrderKind.TriggerBracketGtc) =>
            "ORDER_EDIT_ORDER_TYPE_NOT_SUPPORTED",
        _ when order.SizeInQuote => "SIZE_IN_QUOTE_EDITS_NOT_ALLOWED",
        _ when order.Trigger == TriggerStatus.StopTriggered => "CANNOT_EDIT_TRIGGERED_ORDER",
        _ when order.EditCount >= state.Settings.MaxEditsPerOrder => "EXCEEDED_MAX_ALLOWED_EDIT_REQUEST_COUNT",
        _ when !state.Current(order).Matches => "COMMANDER_REJECTED_EDIT_ORDER",
        _ => null,
    };

    private static string? TermsFailure(VenueOrder order, EditRequest request)
    {
        var product = order.Product;
        if (request.StopPrice is not null && order.Trigger == TriggerStatus.NotAStop)
            return "FIELD_STOPPRICE_NOT_SUPPORTED";
        if (request.Price is not { } price || price <= 0 || !Grid.Fits(price, product.PriceIncrement))
            return order.Terms.IsStop ? "INVALID_EDITED_STOP_LIMIT_PRICE" : "INVALID_EDITED_PRICE";
        if (request.StopPrice is { } stop && (stop <= 0 || !Grid.Fits(stop, product.PriceIncrement)))
            return "INVALID_EDITED_STOP_PRICE";
        if (request.Size is not { } size || size <= 0 || !Grid.Fits(size, product.BaseIncrement)
            || size < product.BaseMinSize || size > product.BaseMaxSize)
            return "INVALID_EDITED_SIZE";
        if (size <= order.FilledBase)
            return "CANNOT_EDIT_TO_BELOW_FILLED_SIZE";
        bool isSame = price == order.Terms.LimitPrice && size == order.BaseTotal
            && (request.StopPrice ?? order.Terms.StopPrice) == order.Terms.StopPrice
            && AttachedAfter(order, request) == order.Attached;
        return isSame ? "EDIT_REQUEST_EQUAL_TO_ORIGINAL_REQUEST" : null;
    }

    private EditResult? MarketFailure(VenueOrder order, EditRequest request)
    {
        if (request.Price > order.Product.QuoteMaxSize / request.Size)
            return new EditResult("INVALID_EDITED_SIZE", "PREVIEW_INVALID_QUOTE_SIZE_TOO_LARGE");
        var terms = Edited(order, request.Price!.Value, request.Size!.Value,
            request.StopPrice ?? order.Terms.StopPrice);
        if (OrderReview.PriceRules(order.Side, terms, state.LastPrice(order.Product)) is { } broken)
            return new EditResult(terms.IsStop ? "INVALID_EDITED_STOP_PRICE" : "INVALID_EDITED_PRICE", broken.Preview);
        if (AttachedReview.Review(order.Product, order.Side, terms, AttachedAfter(order, request),
            state.LastPrice(order.Product)) is { } refused)
            return new EditResult("UNKNOWN_EDIT_ORDER_FAILURE_REASON", refused.Preview);
        decimal needed = order.Side == OrderSide.Sell
            ? request.Size.Value - order.FilledBase
            : Settlement.BuyHold(order, request.Size.Value, request.Price.Value);
        return needed - order.Hold > state.Wallets[order.HoldCurrency].Available
            ? new EditResult("UNKNOWN_EDIT_ORDER_FAILURE_REASON", "PREVIEW_INSUFFICIENT_FUND")
            : null;
    }

    private static OrderTerms? AttachedAfter(VenueOrder order, EditRequest request) =>
        request.CancelAttached ? null : request.Attached ?? order.Attached;

    private static OrderTerms Edited(VenueOrder order, decimal price, decimal size, decimal? stop) =>
        order.Terms with { LimitPrice = price, BaseSize = size, StopPrice = stop };

    private void Complete(VenueOrder order, EditRecord edit, bool isIgnored)
    {
        // A fill, a trigger or an end that came first has dropped the edit.
        if (order.IsFinal || !ReferenceEquals(order.PendingEdit, edit))
            return;
        order.PendingEdit = null;
        if (order.Status == OrderStatus.EditQueued)
            order.Status = OrderStatus.Open;
        bool isApplied = !isIgnored && edit.Size > order.FilledBase;
        bool isRepriced = isApplied
            && (edit.Price != order.Terms.LimitPrice || edit.StopPrice != order.Terms.StopPrice);
        if (isApplied)
            order.ApplyEdit(Edited(order, edit.Price, edit.Size, edit.StopPrice), edit.Size,
                edit with { AcceptedAtNs = state.NowNs });
        settlement.AdjustHold(order);
        state.Publish(order);
        if (isRepriced)
            matcher.MeetMarket(order);
    }
}
