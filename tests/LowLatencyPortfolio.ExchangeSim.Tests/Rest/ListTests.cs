using System.Text.Json;

namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>Filters and pages of orders, fills, accounts and products.</summary>
public sealed class ListTests
{
    private const string Limit = """{"limit_limit_gtc":{"base_size":"0.1","limit_price":"120"}}""";

    [Fact]
    public async Task Orders_come_newest_first_and_pages_join_without_gap_while_orders_are_added()
    {
        await using var rest = await RestBench.StartAsync();
        var ids = new List<string>();
        for (int i = 0; i < 7; i++)
            ids.Insert(0, await rest.CreateAsync("SELL", Limit, $"id-{i}"));

        var seen = new List<string>();
        string cursor = "";
        bool hasNext;
        do
        {
            var page = await rest.ReadAsync($"orders/historical/batch?limit=3&cursor={cursor}");
            seen.AddRange(Ids(page));
            cursor = page.GetProperty("cursor").GetString()!;
            hasNext = page.GetProperty("has_next").GetBoolean();
            await rest.CreateAsync("SELL", Limit, $"later-{seen.Count}");
        }
        while (hasNext);

        Assert.Equal(ids, seen);
    }

    [Fact]
    public async Task Page_of_open_orders_goes_on_after_an_order_that_has_ended_meanwhile()
    {
        await using var rest = await RestBench.StartAsync();
        string first = await rest.CreateAsync("SELL", Limit, "1");
        string second = await rest.CreateAsync("SELL", Limit, "2");
        var page = await rest.ReadAsync("orders/historical/batch?order_status=OPEN&limit=1");
        Assert.Equal([second], Ids(page));
        rest.Bench.Venue.Cancel([second]);

        string cursor = page.GetProperty("cursor").GetString()!;
        page = await rest.ReadAsync($"orders/historical/batch?order_status=OPEN&limit=1&cursor={cursor}");

        Assert.Equal([first], Ids(page));
    }

    [Fact]
    public async Task Young_order_may_be_missing_from_the_list_and_unknown_by_its_id()
    {
        await using var rest = await RestBench.StartAsync(
            VenueBench.Settings() with { OrderListLagNs = VenueTime.SecondNs });
        string id = await rest.CreateAsync("SELL", Limit);

        Assert.Empty(Ids(await rest.ReadAsync("orders/historical/batch")));
        Assert.Equal(404, (await rest.GetAsync($"orders/historical/{id}")).Status);
        rest.Bench.Step(1);

        Assert.Equal([id], Ids(await rest.ReadAsync("orders/historical/batch")));
        Assert.Equal("OPEN", (await rest.OrderAsync(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Order_that_ended_a_while_ago_may_be_missing_from_the_list_and_is_known_by_its_id()
    {
        await using var rest = await RestBench.StartAsync(
            VenueBench.Settings() with { EndedOrderListNs = VenueTime.SecondNs });
        string ended = await rest.CreateAsync("BUY", """{"market_market_ioc":{"quote_size":"10"}}""", "1");
        string open = await rest.CreateAsync("SELL", Limit, "2");

        rest.Bench.Step(1);
        Assert.Equal([open, ended], Ids(await rest.ReadAsync("orders/historical/batch")));
        rest.Bench.Step(1);

        Assert.Equal([open], Ids(await rest.ReadAsync("orders/historical/batch")));
        Assert.Equal("FILLED", (await rest.OrderAsync(ended)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Order_may_show_what_it_traded_later_than_the_fills_do()
    {
        await using var rest = await RestBench.StartAsync(
            VenueBench.Settings() with { OrderFillLagNs = VenueTime.SecondNs });
        string id = await rest.CreateAsync("BUY", """{"market_market_ioc":{"quote_size":"10"}}""");

        Assert.Equal(1, (await rest.ReadAsync("orders/historical/fills")).GetProperty("fills").GetArrayLength());
        Assert.Equal(("OPEN", "0", "0"), await Figures());
        rest.Bench.Step(1);
        (string status, string filled, string fills) = await Figures();
        Assert.Equal(("FILLED", "1"), (status, fills));
        Assert.NotEqual("0", filled);

        async Task<(string Status, string Filled, string Fills)> Figures()
        {
            var order = await rest.OrderAsync(id);
            return (order.GetProperty("status").GetString()!, order.GetProperty("filled_size").GetString()!,
                order.GetProperty("number_of_fills").GetString()!);
        }
    }

    [Fact]
    public async Task Each_filter_selects()
    {
        await using var rest = await RestBench.StartAsync();
        string open = await rest.CreateAsync("SELL", Limit, "1");
        rest.Bench.Step(60);
        string filled = await rest.CreateAsync("BUY", """{"market_market_ioc":{"quote_size":"10"}}""", "2");

        Assert.Equal([open], await List("order_status=OPEN"));
        Assert.Equal([filled], await List("order_status=FILLED&order_status=CANCELLED"));
        Assert.Equal([filled], await List("order_side=BUY"));
        Assert.Equal([filled], await List("order_types=MARKET"));
        Assert.Equal([open], await List("time_in_forces=GOOD_UNTIL_CANCELLED"));
        Assert.Equal([open], await List("order_ids=" + open));
        Assert.Equal([], await List("product_ids=ETH-USD"));
        Assert.Equal([], await List("product_type=FUTURE"));
        Assert.Equal([filled], await List("start_date=2026-01-01T00:01:00Z"));
        Assert.Equal([open], await List("end_date=2026-01-01T00:01:00Z"));

        async Task<IEnumerable<string>> List(string query) =>
            Ids(await rest.ReadAsync($"orders/historical/batch?{query}"));
    }

    [Theory]
    [InlineData("orders/historical/batch?order_status=OPEN&order_status=FILLED", 400)]
    [InlineData("orders/historical/batch?cursor=zz", 400)]
    [InlineData("orders/historical/batch?cursor=6e6f", 400)]
    [InlineData("orders/historical/batch?limit=-1", 400)]
    [InlineData("orders/historical/batch?start_date=yesterday", 400)]
    [InlineData("orders/historical/nobody", 404)]
    [InlineData("accounts/nobody", 404)]
    [InlineData("products/NOPE-USD", 404)]
    [InlineData("products/NOPE-USD/candles", 404)]
    [InlineData("product_book?product_id=NOPE-USD", 404)]
    [InlineData("products/BTC-USD/candles?granularity=TWO_MINUTE", 400)]
    [InlineData("products/BTC-USD/candles?granularity=ONE_MINUTE&start=0&end=1000000", 400)]
    public async Task Impossible_question_is_refused(string path, int expected)
    {
        await using var rest = await RestBench.StartAsync();

        Assert.Equal(expected, (await rest.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Fills_are_filtered_and_paged()
    {
        await using var rest = await RestBench.StartAsync();
        string first = await rest.CreateAsync("SELL", """{"market_market_ioc":{"base_size":"1"}}""", "1");
        rest.Bench.Step(60);
        string second = await rest.CreateAsync("SELL", """{"market_market_ioc":{"base_size":"2"}}""", "2");

        Assert.Equal([first], Fills(await rest.ReadAsync($"orders/historical/fills?order_ids={first}")));
        Assert.Equal([second],
            Fills(await rest.ReadAsync("orders/historical/fills?start_sequence_timestamp=2026-01-01T00:01:00Z")));
        Assert.Equal([first],
            Fills(await rest.ReadAsync("orders/historical/fills?end_sequence_timestamp=2026-01-01T00:01:00Z")));
        Assert.Empty(Fills(await rest.ReadAsync("orders/historical/fills?product_ids=ETH-USD")));
        var page = await rest.ReadAsync("orders/historical/fills?limit=1");
        Assert.Equal([second], Fills(page));
        page = await rest.ReadAsync($"orders/historical/fills?limit=1&cursor={page.GetProperty("cursor").GetString()}");
        Assert.Equal([first], Fills(page));
        Assert.Equal("", page.GetProperty("cursor").GetString());

        static IEnumerable<string?> Fills(JsonElement body) =>
            body.GetProperty("fills").EnumerateArray().Select(fill => fill.GetProperty("order_id").GetString());
    }

    [Fact]
    public async Task Fill_of_an_order_sized_in_quote_has_its_size_in_quote()
    {
        await using var rest = await RestBench.StartAsync();
        await rest.CreateAsync("BUY", """{"market_market_ioc":{"quote_size":"50"}}""");

        var fill = (await rest.ReadAsync("orders/historical/fills")).GetProperty("fills")[0];

        Assert.Equal(("50", true, "TAKER", "0.3"),
            (fill.GetProperty("size").GetString(), fill.GetProperty("size_in_quote").GetBoolean(),
            fill.GetProperty("liquidity_indicator").GetString(), fill.GetProperty("commission").GetString()));
    }

    [Fact]
    public async Task Accounts_are_paged()
    {
        await using var rest = await RestBench.StartAsync();

        var first = await rest.ReadAsync("accounts?limit=1");
        var second = await rest.ReadAsync($"accounts?limit=1&cursor={first.GetProperty("cursor").GetString()}");

        Assert.True(first.GetProperty("has_next").GetBoolean());
        Assert.False(second.GetProperty("has_next").GetBoolean());
        Assert.Equal(["BTC", "USD"],
            new[] { first, second }.Select(p => p.GetProperty("accounts")[0].GetProperty("currency").GetString()));
    }

    [Fact]
    public async Task Products_are_selected_by_id_and_page()
    {
        await using var rest =
            await RestBench.StartAsync(null, VenueBench.BtcUsd with { Id = "ETH-USD", BaseCurrency = "ETH" });

        Assert.Equal(2, (await rest.ReadAsync("products")).GetProperty("num_products").GetInt32());
        Assert.Equal("ETH-USD", FirstId(await rest.ReadAsync("products?product_ids=ETH-USD")));
        Assert.Equal("ETH-USD", FirstId(await rest.ReadAsync("products?limit=1&offset=1")));
        Assert.Equal(0, (await rest.ReadAsync("products?product_type=FUTURE")).GetProperty("num_products").GetInt32());
    }

    private static string? FirstId(JsonElement page) =>
        page.GetProperty("products")[0].GetProperty("product_id").GetString();

    private static IEnumerable<string> Ids(JsonElement page) =>
        page.GetProperty("orders").EnumerateArray().Select(order => order.GetProperty("order_id").GetString()!);
}
