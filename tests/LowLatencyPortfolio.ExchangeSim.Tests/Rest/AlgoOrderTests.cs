using System.Text.Json;

namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>TWAP, scaled and attached orders as the wire carries them.</summary>
public sealed class AlgoOrderTests
{
    private const string Twap = """
        {"twap_limit_gtd":{"base_size":"2","limit_price":"110","start_time":"2026-01-01T00:00:00Z",
         "end_time":"2026-01-01T00:10:00Z","number_buckets":"2","bucket_size":"1","bucket_duration":"300s"}}
        """;

    private const string Scaled = """
        {"scaled_limit_gtc":{"orders":[],"base_size":"3","num_orders":2,"min_price":"110","max_price":"120",
         "price_distribution":"FLAT","size_distribution":"INCREASING","size_ratio":"2"}}
        """;

    [Fact]
    public async Task Twap_order_is_one_order_whose_filled_size_grows()
    {
        await using var rest = await RestBench.StartAsync();
        var preview = await rest.SendAsync("orders/preview",
            $$"""{"product_id":"BTC-USD","side":"BUY","order_configuration":{{Twap}}}""");
        Assert.Equal("2", preview.GetProperty("base_size").GetString());
        string id = await rest.CreateAsync("BUY", Twap);

        var order = await rest.OrderAsync(id);
        Assert.Equal(("TWAP", "GOOD_UNTIL_DATE_TIME", "OPEN", "1"), (Text(order, "order_type"),
            Text(order, "time_in_force"), Text(order, "status"), Text(order, "filled_size")));
        JsonShape.AssertSame("""
            {"twap_limit_gtd":{"base_size":"","limit_price":"","end_time":"","start_time":"","number_buckets":"",
             "bucket_size":"","bucket_duration":""}}
            """, order.GetProperty("order_configuration"));
        Assert.Equal("300s", Text(order.GetProperty("order_configuration").GetProperty("twap_limit_gtd"),
            "bucket_duration"));
        Assert.Equal("110.66", Text(order, "outstanding_hold_amount"));
        await rest.SendAsync("/admin/step", """{"by_ms":300000}""");

        Assert.Equal(("FILLED", "2"), (Text(await rest.OrderAsync(id), "status"),
            Text(await rest.OrderAsync(id), "filled_size")));
        Assert.Equal([id], await Ids(rest, "order_types=TWAP"));
        var fills = (await rest.ReadAsync($"orders/historical/fills?order_ids={id}")).GetProperty("fills");
        Assert.Equal(2, fills.GetArrayLength());
    }

    [Fact]
    public async Task Scaled_order_is_listed_with_the_limit_orders_it_made_and_is_cancelled_with_them()
    {
        await using var rest = await RestBench.StartAsync();
        string id = await rest.CreateAsync("SELL", Scaled);

        var order = await rest.OrderAsync(id);
        Assert.Equal(("SCALED", "GOOD_UNTIL_CANCELLED", "0"), (Text(order, "order_type"),
            Text(order, "time_in_force"), Text(order, "outstanding_hold_amount")));
        JsonShape.AssertSame("""
            {"scaled_limit_gtc":{"base_size":"","orders":[],"num_orders":2,"min_price":"","max_price":"",
             "price_distribution":"","size_distribution":"","size_ratio":""}}
            """, order.GetProperty("order_configuration"));
        string[] children = await Ids(rest, "order_types=LIMIT");
        Assert.Equal(2, children.Length);
        var child = await rest.OrderAsync(children[0]);
        Assert.Equal((id, "120", "2"), (Text(child, "originating_order_id"),
            Text(Terms(child, "limit_limit_gtc"), "limit_price"), Text(Terms(child, "limit_limit_gtc"), "base_size")));
        rest.Bench.Print(111m);
        Assert.Equal(("1", "33.33"), (Text(await rest.OrderAsync(id), "filled_size"),
            Text(await rest.OrderAsync(id), "completion_percentage")));

        await rest.SendAsync("orders/batch_cancel", $$"""{"order_ids":["{{id}}"]}""");

        Assert.Equal("CANCELLED", Text(await rest.OrderAsync(children[0]), "status"));
        Assert.Empty(await Ids(rest, "order_status=OPEN"));
        rest.Bench.AssertBooksBalance();
    }

    [Fact]
    public async Task Scaled_order_with_named_orders_shows_them_again()
    {
        await using var rest = await RestBench.StartAsync();

        string id = await rest.CreateAsync("SELL", """
            {"scaled_limit_gtc":{"orders":[{"base_size":"1","limit_price":"110","post_only":true},
             {"base_size":"2","limit_price":"120"}],"price_distribution":"CUSTOM_PRICE_DISTRIBUTION",
             "size_distribution":"CUSTOM_SIZE_DISTRIBUTION"}}
            """);

        var orders = Terms(await rest.OrderAsync(id), "scaled_limit_gtc").GetProperty("orders");
        Assert.Equal(["110", "120"], orders.EnumerateArray().Select(order => Text(order, "limit_price")));
        Assert.True(orders[0].GetProperty("post_only").GetBoolean());
    }

    [Fact]
    public async Task Attached_bracket_appears_when_its_entry_has_filled()
    {
        await using var rest = await RestBench.StartAsync();
        var created = await rest.SendAsync("orders", """
            {"client_order_id":"a","product_id":"BTC-USD","side":"BUY",
             "order_configuration":{"limit_limit_gtc":{"base_size":"1","limit_price":"95"}},
             "attached_order_configuration":{"trigger_bracket_gtc":{"limit_price":"110","stop_trigger_price":"90"}}}
            """);
        string id = created.GetProperty("success_response").GetProperty("order_id").GetString()!;
        var entry = await rest.OrderAsync(id);
        Assert.Equal("", Text(entry, "attached_order_id"));
        var attached = entry.GetProperty("attached_order_configuration").GetProperty("trigger_bracket_gtc");
        Assert.Equal(("110", "90"), (Text(attached, "limit_price"), Text(attached, "stop_trigger_price")));

        rest.Bench.Print(95m);

        var leg = await rest.OrderAsync(Text(await rest.OrderAsync(id), "attached_order_id")!);
        Assert.Equal((id, "SELL", "OPEN", "BRACKET", "STOP_PENDING"), (Text(leg, "originating_order_id"),
            Text(leg, "side"), Text(leg, "status"), Text(leg, "order_type"), Text(leg, "trigger_status")));
        Assert.Equal("1", Text(Terms(leg, "trigger_bracket_gtc"), "base_size"));
        Assert.Equal("1", Text(leg, "outstanding_hold_amount"));
    }

    [Fact]
    public async Task Edit_cancels_the_attached_bracket()
    {
        await using var rest = await RestBench.StartAsync();
        var created = await rest.SendAsync("orders", """
            {"client_order_id":"a","product_id":"BTC-USD","side":"BUY",
             "order_configuration":{"limit_limit_gtc":{"base_size":"1","limit_price":"95"}},
             "attached_order_configuration":{"trigger_bracket_gtc":{"limit_price":"110","stop_trigger_price":"90"}}}
            """);
        string id = created.GetProperty("success_response").GetProperty("order_id").GetString()!;

        var edited = await rest.SendAsync("orders/edit",
            $$"""{"order_id":"{{id}}","price":"95","size":"1","cancel_attached_order":true}""");

        Assert.True(edited.GetProperty("success").GetBoolean(), edited.ToString());
        Assert.Equal(JsonValueKind.Null,
            (await rest.OrderAsync(id)).GetProperty("attached_order_configuration").ValueKind);
    }

    [Theory]
    [InlineData("\"order_configuration\":{\"twap_limit_gtd\":{\"number_buckets\":\"5x\"}}")]
    [InlineData("\"order_configuration\":{\"twap_limit_gtd\":{\"number_buckets\":2.5}}")]
    [InlineData("\"order_configuration\":{\"twap_limit_gtd\":{\"bucket_duration\":\"300\"}}")]
    [InlineData("\"order_configuration\":{\"twap_limit_gtd\":{\"bucket_duration\":\"0.0000000001s\"}}")]
    [InlineData("\"order_configuration\":{\"twap_limit_gtd\":{\"start_time\":\"soon\"}}")]
    [InlineData("\"order_configuration\":{\"scaled_limit_gtc\":{\"orders\":[1]}}")]
    [InlineData("\"order_configuration\":{\"scaled_limit_gtc\":{\"orders\":[{\"price\":\"1\"}]}}")]
    [InlineData("\"order_configuration\":{\"scaled_limit_gtc\":{\"orders\":{}}}")]
    [InlineData("\"order_configuration\":{\"scaled_limit_gtc\":{\"size_distribution\":\"RANDOM\"}}")]
    [InlineData("\"order_configuration\":{\"market_market_ioc\":{\"base_size\":\"1\"}},"
        + "\"attached_order_configuration\":{\"trailing_stop\":{}}")]
    public async Task Malformed_part_of_a_request_is_answered_with_400(string fields)
    {
        await using var rest = await RestBench.StartAsync();

        var (status, _) = await rest.PostAsync("orders",
            $$"""{"client_order_id":"a","product_id":"BTC-USD","side":"BUY",{{fields}}}""");

        Assert.Equal(400, status);
    }

    [Theory]
    [InlineData("{\"twap_limit_gtd\":{\"number_buckets\":5}}", "INVALID_REQUEST")]
    [InlineData("{\"scaled_limit_gtc\":{\"orders\":[{}]}}", "INVALID_REQUEST")]
    [InlineData("{\"scaled_limit_gtc\":{}}", "INVALID_REQUEST")]
    [InlineData("{\"scaled_limit_gtc\":{\"base_size\":\"79000000000000000000000000000\",\"num_orders\":2,"
        + "\"min_price\":\"1\",\"max_price\":\"2\",\"size_distribution\":\"EVENLY_SPLIT\"}}",
        "SCALED_MAX_ORDER_VIOLATION")]
    [InlineData("{\"scaled_limit_gtc\":{\"base_size\":\"2\",\"num_orders\":2,\"min_price\":\"1\","
        + "\"max_price\":\"79000000000000000000000000000\",\"size_distribution\":\"EVENLY_SPLIT\"}}",
        "SCALED_PARAM_INFEASIBLE")]
    public async Task Incomplete_or_absurd_request_is_refused_with_200(string configuration, string expected)
    {
        await using var rest = await RestBench.StartAsync();

        var body = await rest.SendAsync("orders", $$"""
            {"client_order_id":"a","product_id":"BTC-USD","side":"BUY","order_configuration":{{configuration}}}
            """);

        Assert.Equal(expected, Text(body.GetProperty("error_response"), "error"));
    }

    private static string? Text(JsonElement message, string name) => message.GetProperty(name).GetString();

    private static JsonElement Terms(JsonElement order, string key) =>
        order.GetProperty("order_configuration").GetProperty(key);

    private static async Task<string[]> Ids(RestBench rest, string query) =>
        [.. (await rest.ReadAsync($"orders/historical/batch?{query}")).GetProperty("orders").EnumerateArray()
            .Select(order => Text(order, "order_id")!)];
}
