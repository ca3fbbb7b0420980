namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>
/// Turns request messages into what the venue understands; numbers and enums are checked here, rules there.
/// </summary>
internal static class OrderRequests
{
    private const string AttachedKey = "attached_order_configuration";
    private const int MaxClientOrderIdLength = 128;

    /// <exception cref="ProtoException">
    /// A side or a direction the venue does not know, or two configurations.
    /// </exception>
    /// <exception cref="RequestFault">A missing or overlong client order id, or a number that is none.</exception>
    public static NewOrder Create(ProtoMessage body)
    {
        string clientId = body.Text("client_order_id") ?? "";
        if (clientId.Length is 0 or > MaxClientOrderIdLength)
            throw new RequestFault($"client_order_id must have 1 to {MaxClientOrderIdLength} characters");
        return Order(body, clientId);
    }

    /// <summary>The same without a client order id.</summary>
    public static NewOrder Order(ProtoMessage body, string clientId) => new(
        clientId, body.Text("product_id") ?? "", Side(body.Text("side")), Terms(body.Message("order_configuration")))
    {
        Attached = Attached(body),
    };

    public static EditRequest Edit(ProtoMessage body) =>
        new(body.Text("order_id") ?? "", Number(body, "price"), Number(body, "size"), Number(body, "stop_price"))
        {
            Attached = Attached(body),
            CancelAttached = body.Flag("cancel_attached_order"),
        };

    /// <summary>A configuration without a key in it is none.</summary>
    private static OrderTerms? Attached(ProtoMessage body) =>
        body.Message(AttachedKey) is { } configuration && configuration.Names.Any() ? Terms(configuration) : null;

    private static OrderSide Side(string? text) => text switch
    {
        "BUY" => OrderSide.Buy,
        "SELL" => OrderSide.Sell,
        _ => throw new ProtoException($"proto: invalid value for enum type: \"{text}\" (side)"),
    };

    private static OrderTerms Terms(ProtoMessage? configuration)
    {
        string[] keys = [.. configuration?.Names ?? []];
        if (keys.Length > 1)
            throw new ProtoException($"proto: field \"{keys[1]}\": oneof OrderConfiguration is already set");
        if (keys.Length == 0)
            return new OrderTerms(OrderKind.Unsupported, "");
        var fields = configuration!.Message(keys[0])!;
        var kind = Kind(keys[0]);
        return new OrderTerms(
            kind,
            keys[0],
            Number(fields, "base_size"),
            Number(fields, "quote_size"),
            Number(fields, "limit_price"),
            Number(fields, "stop_price") ?? Number(fields, "stop_trigger_price"),
            Direction(fields.Text("stop_direction")),
            fields.Flag("post_only"),
            Time(fields, "end_time"))
        {
            Twap = kind == OrderKind.TwapLimitGtd ? AlgoRequests.Twap(fields) : null,
            Ladder = kind == OrderKind.ScaledLimitGtc ? AlgoRequests.Ladder(fields) : null,
        };
    }

    private static OrderKind Kind(string key) => key switch
    {
        "market_market_ioc" => OrderKind.MarketIoc,
        "sor_limit_ioc" => OrderKind.SorLimitIoc,
        "limit_limit_gtc" => OrderKind.LimitGtc,
        "limit_limit_gtd" => OrderKind.LimitGtd,
        "limit_limit_fok" => OrderKind.LimitFok,
        "stop_limit_stop_limit_gtc" => OrderKind.StopLimitGtc,
        "stop_limit_stop_limit_gtd" => OrderKind.StopLimitGtd,
        "trigger_bracket_gtc" => OrderKind.TriggerBracketGtc,
        "trigger_bracket_gtd" => OrderKind.TriggerBracketGtd,
        "twap_limit_gtd" => OrderKind.TwapLimitGtd,
        "scaled_limit_gtc" => OrderKind.ScaledLimitGtc,
        _ => OrderKind.Unsupported,
    };

    /// <summary>Null when absent or empty.</summary>
    /// <exception cref="RequestFault">The text is no number.</exception>
    public static decimal? Number(ProtoMessage fields, string name)
    {
        if (fields.Text(name) is not { Length: > 0 } text)
            return null;
        return WireText.TryNumber(text, out decimal value) ? value : throw new RequestFault($"invalid {name}: {text}");
    }

    private static StopDirection Direction(string? text) => text switch
    {
        null or "STOP_DIRECTION_STOP_DOWN" => StopDirection.Down,
        "STOP_DIRECTION_STOP_UP" => StopDirection.Up,
        _ => throw new ProtoException($"proto: invalid value for enum type: \"{text}\" (stop_direction)"),
    };

    /// <summary>Ns since the Unix epoch; null when absent.</summary>
    /// <exception cref="RequestFault">The text is no time.</exception>
    public static long? Time(ProtoMessage fields, string name)
    {
        if (fields.Text(name) is not { } text)
            return null;
        return VenueTime.TryParse(text, out long ns) ? ns : throw new RequestFault($"invalid {name}: {text}");
    }
}
