namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>Numbers that a decimal holds but no account: refused, never an error of the server.</summary>
public sealed class AbsurdTests
{
    private const string Huge = "79000000000000000000000000000";

    [Theory]
    [InlineData("market_market_ioc", "\"base_size\":\"H\"")]
    [InlineData("market_market_ioc", "\"quote_size\":\"H\"")]
    [InlineData("limit_limit_gtc", "\"base_size\":\"1\",\"limit_price\":\"H\"")]
    [InlineData("limit_limit_gtc", "\"base_size\":\"H\",\"limit_price\":\"H\"")]
    [InlineData("limit_limit_gtc", "\"quote_size\":\"H\",\"limit_price\":\"0.01\"")]
    [InlineData("limit_limit_gtc", "\"base_size\":\"50\",\"limit_price\":\"H\"")]
    [InlineData("stop_limit_stop_limit_gtc",
        "\"base_size\":\"50\",\"limit_price\":\"H\",\"stop_price\":\"H\","
        + "\"stop_direction\":\"STOP_DIRECTION_STOP_UP\"")]
    [InlineData("trigger_bracket_gtc", "\"base_size\":\"50\",\"limit_price\":\"H\",\"stop_trigger_price\":\"H\"")]
    [InlineData("twap_limit_gtd", "\"base_size\":\"50\",\"limit_price\":\"H\",\"start_time\":\"2026-01-01T00:00:00Z\","
        + "\"end_time\":\"2026-01-02T00:00:00Z\",\"number_buckets\":\"9000000000000000000\"")]
    public async Task Absurd_number_is_refused_by_create_and_by_preview(string key, string fields)
    {
        await using var rest = await RestBench.StartAsync();
        string terms = fields.Replace("H", Huge, StringComparison.Ordinal);
        string side = key == "trigger_bracket_gtc" ? "SELL" : "BUY";
        string order = $$$"""
            "product_id":"BTC-USD","side":"{{{side}}}","order_configuration":{"{{{key}}}":{{{{terms}}}}}
            """;

        var created = await rest.SendAsync("orders", $$"""{"client_order_id":"a",{{order}}}""");
        var preview = await rest.SendAsync("orders/preview", "{" + order + "}");

        Assert.False(created.GetProperty("success").GetBoolean());
        Assert.Equal(1, preview.GetProperty("errs").GetArrayLength());
        Assert.Empty(rest.Bench.Venue.Orders);
    }

    [Theory]
    [InlineData(Huge, "1")]
    [InlineData("90", Huge)]
    [InlineData(Huge, "50")]
    public async Task Absurd_edit_is_refused(string price, string size)
    {
        await using var rest = await RestBench.StartAsync();
        string id = await rest.CreateAsync("BUY", """{"limit_limit_gtc":{"base_size":"1","limit_price":"80"}}""");
        string edit = $$"""{"order_id":"{{id}}","price":"{{price}}","size":"{{size}}"}""";

        Assert.False((await rest.SendAsync("orders/edit", edit)).GetProperty("success").GetBoolean());
        Assert.Equal(1, (await rest.SendAsync("orders/edit_preview", edit)).GetProperty("errors").GetArrayLength());
    }
}
