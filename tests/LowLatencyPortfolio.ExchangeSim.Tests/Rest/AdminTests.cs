namespace LowLatencyPortfolio.ExchangeSim.Tests;

public sealed class AdminTests
{
    [Fact]
    public async Task Time_steps_by_a_span_or_to_a_moment_and_what_is_due_happens()
    {
        await using var rest =
            await RestBench.StartAsync(VenueBench.Settings() with { AckLatencyNs = VenueTime.SecondNs });
        string id = await rest.CreateAsync("SELL", """{"market_market_ioc":{"base_size":"1"}}""");
        Assert.Equal("PENDING", (await rest.OrderAsync(id)).GetProperty("status").GetString());

        await rest.SendAsync("/admin/step", """{"by_ms":999.5}""");
        Assert.Equal("PENDING", (await rest.OrderAsync(id)).GetProperty("status").GetString());
        var answer = await rest.SendAsync("/admin/step", """{"to":"2026-01-01T00:00:01Z"}""");

        Assert.Equal("2026-01-01T00:00:01.000000000Z", answer.GetProperty("now").GetString());
        Assert.Equal("FILLED", (await rest.OrderAsync(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Faults_are_set_shown_and_healed()
    {
        await using var rest = await RestBench.StartAsync();

        var shown = await rest.SendAsync("/admin/faults", """
            {"faults":[{"kind":"edit_ignored","occurrences":[1],"product_id":"BTC-USD"},{"kind":"late_hold_release",
             "probability":"0.5","delay_ms":250}]}
            """);

        JsonShape.AssertSame("""
            {"faults":[{"kind":"","probability":"","occurrences":null,"product_id":null,"fraction":"","delay_ms":"",
             "configuration":null,"code":null}]}
            """, shown);
        Assert.Equal(new VenueFault(VenueFaultKind.LateHoldRelease, 0.5m, DelayNs: 250_000_000),
            rest.Bench.Venue.Faults[1]);
        await rest.SendAsync("/admin/faults", """{"faults":[]}""");
        Assert.Empty(rest.Bench.Venue.Faults);
    }

    [Fact]
    public async Task Product_and_settings_change_only_where_they_are_named()
    {
        await using var rest = await RestBench.StartAsync();

        await rest.SendAsync("/admin/product",
            """{"product_id":"BTC-USD","cancel_only":true,"price_increment":"0.1"}""");
        await rest.SendAsync("/admin/settings", """{"taker_fee_rate":"0.001","cancel_ms":20}""");

        Assert.Equal(VenueBench.BtcUsd with { CancelOnly = true, PriceIncrement = 0.1m },
            rest.Bench.Venue.FindProduct(VenueBench.Btc));
        Assert.Equal((0.001m, 0.004m, 20_000_000L),
            (rest.Bench.Venue.Settings.TakerFeeRate, rest.Bench.Venue.Settings.MakerFeeRate,
            rest.Bench.Venue.Settings.CancelLatencyNs));
        var product = await rest.ReadAsync("products/BTC-USD");
        Assert.True(product.GetProperty("cancel_only").GetBoolean());
    }

    [Fact]
    public async Task Foreign_hands_place_cancel_and_move()
    {
        await using var rest = await RestBench.StartAsync();

        var placed = await rest.SendAsync("/admin/foreign-order", """
            {"product_id":"BTC-USD","side":"SELL","order_configuration":{"limit_limit_gtc":{"base_size":"4",
             "limit_price":"120"}}}
            """);
        string id = placed.GetProperty("success_response").GetProperty("order_id").GetString()!;
        await rest.SendAsync("/admin/move-coins", """{"currency":"BTC","amount":"-6"}""");
        Assert.Equal(400, (await rest.PostAsync("/admin/move-coins", """{"currency":"BTC","amount":"-0.1"}""")).Status);
        await rest.SendAsync("/admin/foreign-cancel", $$"""{"order_ids":["{{id}}"]}""");

        var ledger = await rest.ReadAsync("/admin/ledger");
        Assert.True(ledger.GetProperty("orders")[0].GetProperty("is_foreign").GetBoolean());
        Assert.Equal("CANCELLED",
            ledger.GetProperty("orders")[0].GetProperty("order").GetProperty("status").GetString());
        Assert.Equal("4", ledger.GetProperty("accounts")[0].GetProperty("available").GetString());
    }

    [Fact]
    public async Task Ledger_is_the_truth_in_one_answer()
    {
        await using var rest = await RestBench.StartAsync();
        await rest.CreateAsync("SELL", """{"market_market_ioc":{"base_size":"1"}}""");
        rest.Bench.Venue.MoveCoins("USD", 1m);

        var ledger = await rest.ReadAsync("/admin/ledger");

        Assert.Equal(["now", "accounts", "positions", "orders", "fills", "transfers", "violations"],
            ledger.EnumerateObject().Select(field => field.Name));
        JsonShape.AssertSame("""[{"currency":"","available":"","hold":"","total":""}]""",
            ledger.GetProperty("accounts"));
        JsonShape.AssertSame("""
            [{"product_id":"","quantity":"","bought_value":"","sold_value":"","fees":"","number_of_fills":0}]
            """, ledger.GetProperty("positions"));
        JsonShape.AssertSame("""[{"currency":"","amount":"","time":""}]""", ledger.GetProperty("transfers"));
        Assert.Equal("-1", ledger.GetProperty("positions")[0].GetProperty("quantity").GetString());
        Assert.Equal(0, ledger.GetProperty("violations").GetArrayLength());
    }

    [Fact]
    public async Task Every_state_an_order_was_in_is_listed_in_the_order_of_events()
    {
        await using var rest = await RestBench.StartAsync();
        await rest.CreateAsync("SELL", """{"limit_limit_gtc":{"base_size":"4","limit_price":"120"}}""");
        await rest.CreateAsync("SELL", """{"market_market_ioc":{"base_size":"1"}}""", clientId: "other");
        rest.Bench.Print(120m);

        var changes = (await rest.ReadAsync("/admin/ledger/changes?product=BTC-USD")).GetProperty("changes");
        var orders = changes.EnumerateArray().Select(change => change.GetProperty("order"));
        Assert.Equal(
            [("limit_limit_gtc", "PENDING", "0"), ("limit_limit_gtc", "OPEN", "0"),
                ("market_market_ioc", "PENDING", "0"), ("market_market_ioc", "OPEN", "0"),
                ("market_market_ioc", "FILLED", "1"), ("limit_limit_gtc", "FILLED", "4")],
            orders.Select(order => (
                order.GetProperty("order_configuration").EnumerateObject().Single().Name,
                order.GetProperty("status").GetString(), order.GetProperty("filled_size").GetString())));
        var others = await rest.ReadAsync("/admin/ledger/changes?product=ETH-USD");
        Assert.Equal(0, others.GetProperty("changes").GetArrayLength());
    }

    [Theory]
    [InlineData("/admin/step", "{}")]
    [InlineData("/admin/step", """{"to":"2025-01-01T00:00:00Z"}""")]
    [InlineData("/admin/step", """{"to":"2027-01-01T00:00:00Z","by_ms":1}""")]
    [InlineData("/admin/step", """{"by_ms":-1}""")]
    [InlineData("/admin/faults", """{"faults":[{}]}""")]
    [InlineData("/admin/faults", """{"faults":[{"kind":"melt"}]}""")]
    [InlineData("/admin/faults", """{"faults":[{"kind":"partial_fill","fraction":0}]}""")]
    [InlineData("/admin/faults", """{"faults":[{"kind":"partial_fill","probability":2}]}""")]
    [InlineData("/admin/faults", """{"faults":[{"kind":"late_hold_release","delay_ms":-1}]}""")]
    [InlineData("/admin/faults", """{"fault":[]}""")]
    [InlineData("/admin/product", """{"product_id":"BTC-USD","price_increment":0}""")]
    [InlineData("/admin/settings", """{"taker_fee_rate":"1"}""")]
    [InlineData("/admin/settings", """{"cancel_ms":-5}""")]
    [InlineData("/admin/settings", """{"max_edits_per_order":-5}""")]
    [InlineData("/admin/move-coins", """{"currency":"","amount":1}""")]
    [InlineData("/admin/move-coins", "nonsense")]
    [InlineData("/admin/foreign-order", """{"odd":1}""")]
    public async Task Wrong_request_is_refused_and_changes_nothing(string path, string body)
    {
        await using var rest = await RestBench.StartAsync();
        long nowNs = rest.Bench.NowNs;

        Assert.Equal(400, (await rest.PostAsync(path, body)).Status);

        Assert.Equal(nowNs, rest.Bench.NowNs);
        Assert.Empty(rest.Bench.Venue.Faults);
        Assert.Equal(VenueBench.BtcUsd, rest.Bench.Venue.FindProduct(VenueBench.Btc));
    }
}
