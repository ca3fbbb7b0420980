namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>Requests are read as strictly as the venue reads them.</summary>
public sealed class StrictBodyTests
{
    private const string Market = """{"market_market_ioc":{"quote_size":"10"}}""";

    [Theory]
    [InlineData("""{"client_order_id":"a","max_floor":"1"}""", "proto: (line 1:24): unknown field \"max_floor\"")]
    [InlineData("{\"client_order_id\":\"a\",\n  \"odd\":1}", "proto: (line 2:3): unknown field \"odd\"")]
    [InlineData("""{"order_configuration":{"limit_limit_gtc":{"iceberg":"1"}}}""",
        "proto: (line 1:44): unknown field \"iceberg\"")]
    [InlineData("""{"product_id":5}""", "proto: (line 1:15): invalid value for string type")]
    [InlineData("""{"side":"BUY","side":"SELL"}""", "proto: (line 1:15): duplicate field \"side\"")]
    [InlineData("""{"order_configuration":"x"}""", "proto: (line 1:24): invalid value for message type")]
    [InlineData("""[]""", "proto: syntax error (line 1:1): unexpected token")]
    [InlineData("""{"product_id":"B""", "proto: syntax error (line 1:17): invalid value")]
    [InlineData("", "proto: syntax error (line 1:1): invalid value")]
    public async Task Malformed_body_is_refused_with_its_place(string body, string expected)
    {
        await using var rest = await RestBench.StartAsync();

        var (status, answer) = await rest.PostAsync("orders", body);

        Assert.Equal(400, status);
        JsonShape.AssertSame("""{"error":"","error_details":"","message":""}""", answer);
        Assert.Equal(("unknown", expected),
            (answer.GetProperty("error").GetString(), answer.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData("\"side\":\"HOLD\"")]
    [InlineData("\"side\":null")]
    [InlineData("\"side\":\"BUY\",\"order_configuration\":{\"market_market_ioc\":{},\"sor_limit_ioc\":{}}")]
    public async Task Unknown_enum_or_second_configuration_is_a_bad_request(string fields)
    {
        await using var rest = await RestBench.StartAsync();

        var (status, _) = await rest.PostAsync("orders",
            $$"""{"client_order_id":"a","product_id":"BTC-USD",{{fields}}}""");

        Assert.Equal(400, status);
    }

    [Theory]
    [InlineData("1e3")]
    [InlineData(" 1")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1,000")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1.2.3")]
    [InlineData("99999999999999999999999999999999")]
    public async Task Number_that_is_no_plain_decimal_is_an_invalid_argument(string number)
    {
        await using var rest = await RestBench.StartAsync();

        var (status, answer) = await rest.PostAsync("orders", $$"""
            {"client_order_id":"a","product_id":"BTC-USD","side":"BUY","order_configuration":
             {"market_market_ioc":{"quote_size":"{{number}}"} } }
            """);

        Assert.Equal(400, status);
        JsonShape.AssertSame("""{"error":"","code":3,"message":"","details":[]}""", answer);
        Assert.Equal("INVALID_ARGUMENT", answer.GetProperty("error").GetString());
    }

    [Theory]
    [InlineData(0, 400)]
    [InlineData(1, 200)]
    [InlineData(128, 200)]
    [InlineData(129, 400)]
    public async Task Client_order_id_has_1_to_128_characters(int length, int expected)
    {
        await using var rest = await RestBench.StartAsync();

        var (status, _) = await rest.PostAsync("orders", $$"""
            {"client_order_id":"{{new string('x', length)}}","product_id":"BTC-USD","side":"BUY",
             "order_configuration":{{Market}}}
            """);

        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task Camel_case_is_understood_as_well()
    {
        await using var rest = await RestBench.StartAsync();

        var body = await rest.SendAsync("orders", """
            {"clientOrderId":"a","productId":"BTC-USD","side":"SELL","orderConfiguration":{"limitLimitGtc":
             {"baseSize":"1","limitPrice":"120","postOnly":true}}}
            """);

        Assert.True(body.GetProperty("success").GetBoolean());
        Assert.True(rest.Bench.Venue.Orders[0].Terms.PostOnly);
    }

    [Fact]
    public async Task Configuration_the_venue_knows_but_does_not_take_is_refused_as_unsupported()
    {
        await using var rest = await RestBench.StartAsync();

        var body = await rest.SendAsync("orders",
            """
            {"client_order_id":"a","product_id":"BTC-USD","side":"BUY",
             "order_configuration":{"market_market_fok":{"base_size":"1"}}}
            """);

        var error = body.GetProperty("error_response");
        Assert.Equal("UNSUPPORTED_ORDER_CONFIGURATION", error.GetProperty("error").GetString());
        Assert.Equal("UNSUPPORTED_ORDER_CONFIGURATION", error.GetProperty("new_order_failure_reason").GetString());
    }

    [Fact]
    public async Task Preview_has_no_client_order_id()
    {
        await using var rest = await RestBench.StartAsync();

        var (status, _) = await rest.PostAsync("orders/preview",
            $$"""{"client_order_id":"a","product_id":"BTC-USD","side":"BUY","order_configuration":{{Market}}}""");

        Assert.Equal(400, status);
    }

    [Fact]
    public async Task Huge_and_deep_bodies_are_refused()
    {
        await using var rest = await RestBench.StartAsync();

        Assert.Equal(400, (await rest.PostAsync("orders",
            $$"""{"product_id":"{{new string('x', 70_000)}}"}""")).Status);
        Assert.Equal(400, (await rest.PostAsync("orders", new string('[', 5000))).Status);
    }
}
