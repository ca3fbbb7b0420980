namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>Each answer has the venue's form, name for name; the samples are the form.</summary>
public sealed class ShapeTests
{
    private const string Limit = """{"limit_limit_gtc":{"base_size":"0.5","limit_price":"90","post_only":false}}""";

    private const string OrderSample = """
        {"order_id":"","product_id":"","user_id":"","order_configuration":
         {"limit_limit_gtc":{"base_size":"","limit_price":"","post_only":false}},"side":"","client_order_id":"",
          "status":"",
         "time_in_force":"","created_time":"","completion_percentage":"","filled_size":"","average_filled_price":"",
         "fee":"",
         "number_of_fills":"","filled_value":"","pending_cancel":false,"size_in_quote":false,"total_fees":"",
         "size_inclusive_of_fees":false,"total_value_after_fees":"","trigger_status":"","order_type":"",
         "reject_reason":"",
         "settled":false,"product_type":"","reject_message":"","cancel_message":"","order_placement_source":"",
         "outstanding_hold_amount":"","is_liquidation":false,"last_fill_time":null,"edit_history":[],"leverage":"",
         "margin_type":"","retail_portfolio_id":"","originating_order_id":"","attached_order_id":"",
         "attached_order_configuration":null,"current_pending_replace":null,"last_update_time":""}
        """;

    private const string ProductSample = """
        {"product_id":"","price":"","price_percentage_change_24h":"","volume_24h":"","volume_percentage_change_24h":"",
         "base_increment":"","quote_increment":"","quote_min_size":"","quote_max_size":"","base_min_size":"",
         "base_max_size":"",
         "base_name":"","quote_name":"","watched":false,"is_disabled":false,"new":false,"status":"","cancel_only":false,
         "limit_only":false,"post_only":false,"trading_disabled":false,"auction_mode":false,"product_type":"",
         "quote_currency_id":"","base_currency_id":"","fcm_trading_session_details":null,"mid_market_price":"",
         "alias":"",
         "alias_to":[],"base_display_symbol":"","quote_display_symbol":"","view_only":false,"price_increment":"",
         "display_name":"","product_venue":"","approximate_quote_24h_volume":"","new_at":"","best_bid_price":"",
         "best_ask_price":""}
        """;

    private const string AccountSample = """
        {"uuid":"","name":"","currency":"","available_balance":{"value":"","currency":""},"default":true,"active":true,
         "created_at":"","updated_at":"","deleted_at":null,"type":"","ready":true,"hold":{"value":"","currency":""},
         "retail_portfolio_id":"","platform":""}
        """;

    public static TheoryData<string, string> Reads => new()
    {
        { "accounts", $$"""{"accounts":[{{AccountSample}}],"has_next":false,"cursor":"","size":1}""" },
        { "products", $$"""{"products":[{{ProductSample}}],"num_products":1,"pagination":null}""" },
        { "market/products", $$"""{"products":[{{ProductSample}}],"num_products":1,"pagination":null}""" },
        { "products/BTC-USD", ProductSample },
        { "market/products/BTC-USD", ProductSample },
        { "orders/historical/batch", $$"""{"orders":[{{OrderSample}}],"sequence":"0","has_next":false,"cursor":""}""" },
        {
            "orders/historical/fills", """
            {"fills":[{"entry_id":"","trade_id":"","order_id":"","trade_time":"","trade_type":"","price":"","size":"",
             "commission":"","product_id":"","sequence_timestamp":"","liquidity_indicator":"","size_in_quote":false,
             "user_id":"",
             "side":"","retail_portfolio_id":"","fillSource":""}],"cursor":""}
            """
        },
        {
            "products/BTC-USD/candles?granularity=ONE_MINUTE",
            """{"candles":[{"start":"","low":"","high":"","open":"","close":"","volume":""}]}"""
        },
        {
            "market/products/BTC-USD/ticker?limit=10", """
            {"trades":[{"trade_id":"","product_id":"","price":"","size":"","time":"","side":"","exchange":""}],
             "best_bid":"",
             "best_ask":""}
            """
        },
        {
            "product_book?product_id=BTC-USD", """
            {"pricebook":{"product_id":"","bids":[{"price":"","size":""}],"asks":[{"price":"","size":""}],"time":""},
             "last":"",
             "mid_market":"","spread_bps":"","spread_absolute":""}
            """
        },
        {
            "best_bid_ask?product_ids=BTC-USD",
            """
            {"pricebooks":[{"product_id":"","bids":[{"price":"","size":""}],"asks":[{"price":"","size":""}],"time":""}]}
            """
        },
        { "time", """{"iso":"","epochSeconds":"","epochMillis":""}""" },
        {
            "key_permissions",
            """{"can_view":true,"can_trade":true,"can_transfer":false,"portfolio_uuid":"","portfolio_type":""}"""
        },
        { "portfolios", """{"portfolios":[{"name":"","uuid":"","type":"","deleted":false}]}""" },
        {
            "transaction_summary", """
            {"total_volume":0,"total_fees":0,"fee_tier":{"pricing_tier":"","usd_from":"","usd_to":"",
             "taker_fee_rate":"",
             "maker_fee_rate":"","aop_from":"","aop_to":"","volume_types_and_range":[{"volume_types":[""],"vol_from":"",
             "vol_to":""}]},"margin_rate":null,"goods_and_services_tax":null,"advanced_trade_only_volume":0,
             "advanced_trade_only_fees":0,"coinbase_pro_volume":0,"coinbase_pro_fees":0,"total_balance":"",
             "has_promo_fee":false}
            """
        },
        { "/v2/time", """{"data":{"iso":"","epoch":0}}""" },
        { "/v2/exchange-rates", """{"data":{"currency":"","rates":{"BTC":"","USD":""}}}""" },
        { "/v2/currencies", """{"data":[{"id":"","name":"","min_size":""}]}""" },
        {
            "/v2/currencies/crypto", """
            {"data":[{"asset_id":"","code":"","name":"","color":"","sort_index":0,"exponent":0,"type":"",
             "address_regex":""}]}
            """
        },
        {
            "/v2/accounts", """
            {"pagination":{"ending_before":null,"starting_after":null,"limit":0,"order":"","previous_uri":null,
             "next_uri":null},
             "data":[{"id":"","name":"","primary":false,"type":"","currency":{"code":"","name":"","exponent":0,
             "type":""},
             "balance":{"amount":"","currency":""},"created_at":"","updated_at":"","resource":"","resource_path":"",
             "allow_deposits":true,"allow_withdrawals":true}]}
            """
        },
    };

    [Theory]
    [MemberData(nameof(Reads))]
    public async Task Read_has_the_form_of_the_venue(string path, string sample)
    {
        await using var rest = await RestBench.StartAsync();
        await rest.CreateAsync("BUY", Limit);
        rest.Bench.Print(90m);

        JsonShape.AssertSame(sample, await rest.ReadAsync(path));
    }

    [Fact]
    public async Task Order_is_shown_with_its_numbers_as_strings()
    {
        await using var rest = await RestBench.StartAsync();
        string id = await rest.CreateAsync("BUY", Limit);

        var order = await rest.OrderAsync(id);

        JsonShape.AssertSame(OrderSample, order);
        Assert.Equal("45.27", order.GetProperty("outstanding_hold_amount").GetString());
        Assert.Equal("OPEN", order.GetProperty("status").GetString());
        Assert.Equal("GOOD_UNTIL_CANCELLED", order.GetProperty("time_in_force").GetString());
        Assert.Equal("LIMIT", order.GetProperty("order_type").GetString());
        var terms = order.GetProperty("order_configuration").GetProperty("limit_limit_gtc");
        Assert.Equal("0.5", terms.GetProperty("base_size").GetString());
    }

    [Fact]
    public async Task Writes_answer_in_the_form_of_the_venue()
    {
        await using var rest = await RestBench.StartAsync();
        string id = await rest.CreateAsync("BUY", Limit);

        JsonShape.AssertSame("""{"success":true,"errors":[]}""",
            await rest.SendAsync("orders/edit", $$"""{"order_id":"{{id}}","price":"91","size":"0.5"}"""));
        JsonShape.AssertSame("""{"success":false,"errors":[{"edit_failure_reason":"","preview_failure_reason":""}]}""",
            await rest.SendAsync("orders/edit", """{"order_id":"nobody","price":"91","size":"0.5"}"""));
        JsonShape.AssertSame("""
            {"errors":[],"slippage":"","order_total":"","commission_total":"","quote_size":"","base_size":"",
             "best_bid":"",
             "best_ask":"","average_filled_price":""}
            """, await rest.SendAsync("orders/edit_preview", $$"""{"order_id":"{{id}}","price":"92","size":"0.5"}"""));
        JsonShape.AssertSame("""{"results":[{"success":true,"failure_reason":"","order_id":""}]}""",
            await rest.SendAsync("orders/batch_cancel", $$"""{"order_ids":["{{id}}"]}"""));
        JsonShape.AssertSame("""
            {"order_total":"","commission_total":"","errs":[],"warning":[],"quote_size":"","base_size":"","best_bid":"",
             "best_ask":"","is_max":false,"slippage":"","preview_id":"","average_filled_price":""}
            """, await rest.SendAsync("orders/preview",
            $$"""{"product_id":"BTC-USD","side":"BUY","order_configuration":{{Limit}}}"""));
    }

    [Fact]
    public async Task Rejection_is_answered_with_status_200_and_the_venues_codes()
    {
        await using var rest = await RestBench.StartAsync();

        var body = await rest.SendAsync("orders", """
            {"client_order_id":"a","product_id":"BTC-USD","side":"SELL",
             "order_configuration":{"stop_limit_stop_limit_gtc":
             {"base_size":"1","limit_price":"100","stop_price":"101","stop_direction":"STOP_DIRECTION_STOP_DOWN"}}}
            """);

        JsonShape.AssertSame("""
            {"success":false,"error_response":{"error":"","message":"","error_details":"","preview_failure_reason":""},
             "order_configuration":{"stop_limit_stop_limit_gtc":{"base_size":"","limit_price":"","stop_price":"",
             "stop_direction":""}}}
            """, body);
        Assert.Equal("PREVIEW_STOP_PRICE_ABOVE_LAST_TRADE_PRICE",
            body.GetProperty("error_response").GetProperty("preview_failure_reason").GetString());
    }
}
