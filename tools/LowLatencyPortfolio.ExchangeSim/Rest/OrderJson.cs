namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>Orders, fills and order answers as REST shows them.</summary>
internal static class OrderJson
{
    public static object Order(OrderView order, Venue venue) => new
    {
        order_id = order.OrderId,
        product_id = order.ProductId,
        user_id = venue.UserId,
        order_configuration = Configuration(order.Terms),
        side = WireText.Side(order.Side),
        client_order_id = order.ClientOrderId,
        status = WireText.Status(order.Status),
        time_in_force = WireText.TimeInForce(order.Terms),
        created_time = VenueTime.ToText(order.CreatedAtNs),
        completion_percentage = WireText.Number(order.CompletionPercent),
        filled_size = WireText.Number(order.FilledBase),
        average_filled_price = WireText.Number(order.AveragePrice),
        fee = "",
        number_of_fills = WireText.Number(order.FillCount),
        filled_value = WireText.Number(order.FilledValue),
        pending_cancel = order.Status == OrderStatus.CancelQueued,
        size_in_quote = order.SizeInQuote,
        total_fees = WireText.Number(order.TotalFees),
        size_inclusive_of_fees = false,
        total_value_after_fees = WireText.Number(order.TotalValueAfterFees),
        trigger_status = WireText.Trigger(order.TriggerStatus),
        order_type = WireText.OrderType(order.Terms),
        reject_reason = order.RejectReason,
        settled = order.Status == OrderStatus.Filled,
        product_type = "SPOT",
        reject_message = order.RejectMessage,
        cancel_message = order.CancelMessage,
        order_placement_source = "RETAIL_ADVANCED",
        outstanding_hold_amount = WireText.Number(order.Hold),
        is_liquidation = false,
        last_fill_time = order.LastFillAtNs is { } at ? VenueTime.ToText(at) : null,
        edit_history = order.EditHistory.Select(Edit),
        leverage = "",
        margin_type = "UNKNOWN_MARGIN_TYPE",
        retail_portfolio_id = venue.PortfolioId,
        originating_order_id = order.OriginatingOrderId,
        attached_order_id = order.AttachedOrderId,
        attached_order_configuration = order.Attached is { } attached ? Configuration(attached) : null,
        current_pending_replace = order.PendingEdit is { } edit ? Edit(edit) : null,
        last_update_time = VenueTime.ToText(order.UpdatedAtNs),
    };

    /// <summary>The configuration under its wire key, with the terms now in force.</summary>
    public static Dictionary<string, Dictionary<string, object>>? Configuration(OrderTerms terms)
    {
        if (terms.WireKey.Length == 0)
            return null;
        return new Dictionary<string, Dictionary<string, object>> { [terms.WireKey] = Fields(terms) };
    }

    private static Dictionary<string, object> Fields(OrderTerms terms)
    {
        var fields = new Dictionary<string, object>(StringComparer.Ordinal);
        Add(fields, "quote_size", terms.QuoteSize);
        Add(fields, "base_size", terms.BaseSize);
        Add(fields, "limit_price", terms.LimitPrice);
        Add(fields, terms.IsBracket ? "stop_trigger_price" : "stop_price", terms.StopPrice);
        if (terms.IsStop)
            fields["stop_direction"] = WireText.Direction(terms.StopDirection);
        if (terms.Kind is OrderKind.LimitGtc or OrderKind.LimitGtd)
            fields["post_only"] = terms.PostOnly;
        if (terms.EndTimeNs is { } end)
            fields["end_time"] = VenueTime.ToText(end);
        if (terms.Twap is { } schedule)
            Add(fields, schedule);
        if (terms.Ladder is { } ladder)
            Add(fields, ladder);
        return fields;
    }

    private static void Add(Dictionary<string, object> fields, TwapSchedule schedule)
    {
        if (schedule.StartNs is { } startNs)
            fields["start_time"] = VenueTime.ToText(startNs);
        Add(fields, "number_buckets", schedule.Buckets);
        Add(fields, "bucket_size", schedule.BucketSize);
        if (schedule.BucketNs is { } stepNs)
            fields["bucket_duration"] = WireText.Duration(stepNs);
    }

    private static void Add(Dictionary<string, object> fields, Ladder ladder)
    {
        fields["orders"] = ladder.Orders.Select(Fields);
        if (ladder.Count is { } count)
            fields["num_orders"] = count;
        Add(fields, "min_price", ladder.MinPrice);
        Add(fields, "max_price", ladder.MaxPrice);
        fields["price_distribution"] = AlgoRequests.Name(ladder.Prices);
        fields["size_distribution"] = AlgoRequests.Name(ladder.Sizes);
        Add(fields, "size_diff", ladder.SizeDiff);
        Add(fields, "size_ratio", ladder.SizeRatio);
    }

    public static object Created(CreateResult result, NewOrder request)
    {
        if (result.Order is not { } order)
            return new
            {
                success = false,
                error_response = Refused(result.Rejection!),
                order_configuration = Configuration(request.Terms),
            };
        return new
        {
            success = true,
            success_response = new
            {
                order_id = order.OrderId,
                product_id = order.ProductId,
                side = WireText.Side(order.Side),
                client_order_id = order.ClientOrderId,
            },
            order_configuration = Configuration(order.Terms),
        };
    }

    public static object Fill(FillView fill, Venue venue) => new
    {
        entry_id = fill.EntryId,
        trade_id = fill.TradeId,
        order_id = fill.OrderId,
        trade_time = VenueTime.ToText(fill.TimeNs),
        trade_type = "FILL",
        price = WireText.Number(fill.Price),
        size = WireText.Number(fill.SizeInQuote ? fill.Value : fill.BaseSize),
        commission = WireText.Number(fill.Fee),
        product_id = fill.ProductId,
        sequence_timestamp = VenueTime.ToText(fill.TimeNs),
        liquidity_indicator = fill.IsMaker ? "MAKER" : "TAKER",
        size_in_quote = fill.SizeInQuote,
        user_id = venue.UserId,
        side = WireText.Side(fill.Side),
        retail_portfolio_id = venue.PortfolioId,
        fillSource = "FILL_SOURCE_CLOB",
    };

    private static Dictionary<string, string> Refused(Rejection rejection)
    {
        var fields = new Dictionary<string, string>
        {
            ["error"] = rejection.Error,
            ["message"] = rejection.Message,
            ["error_details"] = "",
        };
        if (rejection.Preview is { } preview)
            fields["preview_failure_reason"] = preview;
        else
            fields["new_order_failure_reason"] = rejection.Error;
        return fields;
    }

    private static object Edit(EditRecord edit) => new
    {
        price = WireText.Number(edit.Price),
        size = WireText.Number(edit.Size),
        stop_price = edit.StopPrice is { } stop ? WireText.Number(stop) : "",
        replace_accept_timestamp = VenueTime.ToText(edit.AcceptedAtNs),
    };

    private static void Add(Dictionary<string, object> fields, string name, decimal? value)
    {
        if (value is { } number)
            fields[name] = WireText.Number(number);
    }
}
