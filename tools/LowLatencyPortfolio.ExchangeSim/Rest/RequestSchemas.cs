namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>Every field the venue knows in a request, whether the simulator acts on it or not.</summary>
internal static class RequestSchemas
{
    private static readonly ProtoField s_text = ProtoField.Text;

    private static readonly ProtoField s_configuration = ProtoField.Message(
        ("market_market_ioc", Market()),
        ("market_market_fok", Market()),
        ("sor_limit_ioc", Limit()),
        ("limit_limit_gtc", Limit(("post_only", ProtoField.Flag))),
        ("limit_limit_gtd", Limit(("post_only", ProtoField.Flag), ("end_time", s_text))),
        ("limit_limit_fok", Limit()),
        ("stop_limit_stop_limit_gtc", Limit(("stop_price", s_text), ("stop_direction", s_text))),
        ("stop_limit_stop_limit_gtd", Limit(("stop_price", s_text), ("stop_direction", s_text), ("end_time", s_text))),
        ("trigger_bracket_gtc", Limit(("stop_trigger_price", s_text))),
        ("trigger_bracket_gtd", Limit(("stop_trigger_price", s_text), ("end_time", s_text))),
        ("twap_limit_gtd", Limit(("start_time", s_text), ("end_time", s_text), ("number_buckets", ProtoField.Count),
            ("bucket_size", s_text), ("bucket_duration", s_text))),
        ("scaled_limit_gtc", ProtoField.Message(
            ("orders", ProtoField.MessageList(Limit(("post_only", ProtoField.Flag)))), ("quote_size", s_text),
            ("base_size", s_text), ("num_orders", ProtoField.Count), ("min_price", s_text), ("max_price", s_text),
            ("price_distribution", s_text), ("size_distribution", s_text), ("size_diff", s_text),
            ("size_ratio", s_text))));

    public static ProtoField Create { get; } = ProtoField.Message([("client_order_id", s_text), .. Shared()]);

    public static ProtoField Preview { get; } = ProtoField.Message(Shared());

    public static ProtoField Cancel { get; } = ProtoField.Message(("order_ids", ProtoField.TextList));

    public static ProtoField Edit { get; } = ProtoField.Message(
        ("order_id", s_text), ("price", s_text), ("size", s_text), ("stop_price", s_text),
        ("attached_order_configuration", s_configuration), ("cancel_attached_order", ProtoField.Flag),
        ("average_entry_price", s_text));

    private static (string Name, ProtoField Field)[] Shared() =>
    [
        ("product_id", s_text), ("side", s_text), ("order_configuration", s_configuration), ("leverage", s_text),
        ("margin_type", s_text), ("retail_portfolio_id", s_text), ("preview_id", s_text),
        ("attached_order_configuration", s_configuration), ("sor_preference", s_text),
        ("self_trade_prevention_id", s_text), ("cost_basis_method", s_text), ("commission_rate", s_text),
        ("is_max", ProtoField.Flag), ("tradable_balance", s_text), ("skip_fcm_risk_check", ProtoField.Flag),
    ];

    private static ProtoField Market() => ProtoField.Message(
        ("quote_size", s_text), ("base_size", s_text), ("rfq_enabled", ProtoField.Flag),
        ("rfq_disabled", ProtoField.Flag), ("reduce_only", ProtoField.Flag));

    private static ProtoField Limit(params (string Name, ProtoField Field)[] more) => ProtoField.Message(
    [
        ("quote_size", s_text), ("base_size", s_text), ("limit_price", s_text), ("rfq_enabled", ProtoField.Flag),
        ("rfq_disabled", ProtoField.Flag), ("reduce_only", ProtoField.Flag), .. more,
    ]);
}
