using System.Text.Json;
using LowLatencyPortfolio.ExchangeSim.Tests.Wire;

namespace LowLatencyPortfolio.ExchangeSim.Tests.Clients;

/// <summary>
/// The requests that ccxt 4.5.84 and coinbase-api 1.2.6 send, to the letter, as recorded from the running clients.
/// </summary>
/// <remarks><c>run-clients</c> beside this file runs the clients themselves; it needs the npm registry.</remarks>
public sealed class ClientRequestTests
{
    private const string Orders = TestSim.Prefix + "/orders";

    [Theory]
    [InlineData("/v2/currencies")]
    [InlineData("/v2/currencies/crypto")]
    [InlineData("/v2/exchange-rates")]
    [InlineData("/v2/time")]
    [InlineData(TestSim.Prefix + "/market/products")]
    [InlineData(TestSim.Prefix + "/market/products?product_type=FUTURE")]
    [InlineData(TestSim.Prefix + "/market/products?product_type=FUTURE&contract_expiry_type=PERPETUAL")]
    [InlineData(TestSim.Prefix + "/market/products/BTC-USD/ticker?limit=1")]
    [InlineData(TestSim.Prefix + "/market/products/BTC-USD/ticker")]
    [InlineData(TestSim.Prefix + "/market/product_book?product_id=BTC-USD")]
    public async Task What_ccxt_asks_without_a_token_is_answered(string path)
    {
        await using TestSim sim = await StartAsync();
        Assert.Equal(JsonValueKind.Object, (await ClientShape.Ccxt(sim).PublicAsync(path)).ValueKind);
    }

    [Fact]
    public async Task What_ccxt_asks_of_the_account_is_answered()
    {
        await using TestSim sim = await StartAsync();
        ClientShape client = ClientShape.Ccxt(sim);
        JsonElement accounts = (await client.GetAsync("/v2/accounts?limit=250")).GetProperty("data");
        Assert.Contains(
            accounts.EnumerateArray(),
            account => account.GetProperty("currency").GetProperty("code").GetString() == "USD");
        JsonElement fees = await client.GetAsync($"{TestSim.Prefix}/transaction_summary");
        Assert.True(fees.TryGetProperty("fee_tier", out _));
    }

    [Theory]
    [InlineData("/products", "products")]
    [InlineData("/products/BTC-USD/ticker?limit=10", "trades")]
    [InlineData("/accounts", "accounts")]
    [InlineData("/transaction_summary", "fee_tier")]
    public async Task What_coinbase_api_asks_of_the_account_is_answered(string path, string expected)
    {
        await using TestSim sim = await StartAsync();
        Assert.True(
            (await ClientShape.CoinbaseApi(sim).GetAsync(TestSim.Prefix + path)).TryGetProperty(expected, out _));
    }

    [Theory]
    [InlineData("/time", "epochMillis")]
    [InlineData("/market/products/BTC-USD", "price")]
    public async Task What_coinbase_api_asks_without_a_token_is_answered(string path, string expected)
    {
        await using TestSim sim = await StartAsync();
        JsonElement answer = await ClientShape.CoinbaseApi(sim).PublicAsync(TestSim.Prefix + path);
        Assert.True(answer.TryGetProperty(expected, out _));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_order_is_placed_found_edited_and_cancelled(bool isCcxt)
    {
        await using TestSim sim = await StartAsync();
        ClientShape client = Shape(sim, isCcxt);
        string id = await PlaceAsync(client, "BUY", "limit_limit_gtc",
            $$"""{"base_size":"0.5","limit_price":"90{{client.Cents}}","post_only":false}""");
        Assert.Equal("OPEN", await StatusAsync(client, id));
        JsonElement open = await client.GetAsync($"{Orders}/historical/batch?{client.OpenOrders}");
        Assert.Equal(
            id, Assert.Single(open.GetProperty("orders").EnumerateArray()).GetProperty("order_id").GetString());

        // The one sends the size first, the other the price, after a preview of the same.
        string edit = isCcxt
            ? $$"""{"order_id":"{{id}}","size":"0.4","price":"91"}"""
            : $$"""{"order_id":"{{id}}","price":"91.00","size":"0.4"}""";
        if (!isCcxt)
        {
            JsonElement preview = await client.PostAsync($"{Orders}/edit_preview", edit);
            Assert.Empty(preview.GetProperty("errors").EnumerateArray());
        }

        Assert.True((await client.PostAsync($"{Orders}/edit", edit)).GetProperty("success").GetBoolean());
        JsonElement cancelled = await client.PostAsync($"{Orders}/batch_cancel", $$"""{"order_ids":["{{id}}"]}""");
        JsonElement result = Assert.Single(cancelled.GetProperty("results").EnumerateArray());
        Assert.True(result.GetProperty("success").GetBoolean());
        Assert.Equal("CANCELLED", await StatusAsync(client, id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_market_order_fills_and_its_fill_is_found_and_a_stop_rests(bool isCcxt)
    {
        await using TestSim sim = await StartAsync();
        ClientShape client = Shape(sim, isCcxt);
        string market = await PlaceAsync(client, "BUY", "market_market_ioc", """{"quote_size":"100"}""");
        Assert.Equal("FILLED", await StatusAsync(client, market));
        JsonElement fills = await client.GetAsync($"{Orders}/historical/fills?{client.Fills(market)}");
        Assert.Equal(
            market, Assert.Single(fills.GetProperty("fills").EnumerateArray()).GetProperty("order_id").GetString());
        string cents = client.Cents;
        string stop = await PlaceAsync(client, "SELL", "stop_limit_stop_limit_gtc",
            $$"""{"base_size":"0.5","limit_price":"79{{cents}}","stop_price":"80{{cents}}","stop_direction":"STOP_DIRECTION_STOP_DOWN"}""");
        Assert.Equal("OPEN", await StatusAsync(client, stop));
    }

    [Theory]
    [InlineData("""{"type":"subscribe","product_ids":["BTC-USD"],"channel":"CHANNEL"}""", "ticker", "ticker")]
    [InlineData(
        """{"type":"subscribe","product_ids":["BTC-USD"],"channel":"CHANNEL"}""", "market_trades", "market_trades")]
    [InlineData("""{"type":"subscribe","product_ids":["BTC-USD"],"channel":"CHANNEL"}""", "level2", "l2_data")]
    [InlineData("""{"type":"subscribe","channel":"CHANNEL","product_ids":["BTC-USD"]}""", "candles", "candles")]
    [InlineData("""{"type":"subscribe","channel":"CHANNEL","product_ids":["BTC-USD"]}""", "heartbeats", "heartbeats")]
    [InlineData("""{"type":"subscribe","channel":"CHANNEL","product_ids":["BTC-USD"]}""", "status", "status")]
    public async Task A_subscription_is_answered_with_data(string text, string channel, string expected)
    {
        await using TestSim sim = await StartAsync();
        await using TestSocket socket = await sim.ConnectAsync();
        await socket.SendTextAsync(text.Replace("CHANNEL", channel, StringComparison.Ordinal));
        JsonElement message = await socket.NextAsync(expected);
        Assert.True(message.TryGetProperty("client_id", out _));
        Assert.NotEmpty(message.GetProperty("events").EnumerateArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_user_channel_shows_open_orders_at_the_market_address_too(bool isCcxt)
    {
        await using TestSim sim = await StartAsync();
        ClientShape client = Shape(sim, isCcxt);
        string id = await PlaceAsync(client, "BUY", "limit_limit_gtc",
            $$"""{"base_size":"0.5","limit_price":"90{{client.Cents}}","post_only":false}""");
        await using TestSocket socket = await sim.ConnectAsync();
        string token = client.Token(null);
        await socket.SendTextAsync(isCcxt
            ? $$"""{"type":"subscribe","product_ids":["BTC-USD"],"channel":"user","jwt":"{{token}}"}"""
            : $$"""{"type":"subscribe","channel":"user","jwt":"{{token}}"}""");
        JsonElement orders = (await socket.NextAsync("user")).GetProperty("events")[0].GetProperty("orders");
        Assert.Equal(id, Assert.Single(orders.EnumerateArray()).GetProperty("order_id").GetString());
    }

    private static async Task<TestSim> StartAsync()
    {
        TestSim sim = await TestSim.StartAsync(options => options with
        {
            Venue = options.Venue with
            {
                Balances = new Dictionary<string, decimal> { ["USD"] = 100_000m, ["BTC"] = 10m },
            },
        });
        sim.Player.StepTrades(10);
        return sim;
    }

    private static ClientShape Shape(TestSim sim, bool isCcxt) =>
        isCcxt ? ClientShape.Ccxt(sim) : ClientShape.CoinbaseApi(sim);

    private static async Task<string> PlaceAsync(ClientShape client, string side, string kind, string terms)
    {
        JsonElement answer = await client.PostAsync(
            Orders,
            $$$"""{"client_order_id":"{{{client.ClientId}}}{{{side}}}{{{kind[0]}}}","product_id":"BTC-USD","side":"{{{side}}}","order_configuration":{"{{{kind}}}":{{{terms}}}}}""");
        Assert.True(answer.GetProperty("success").GetBoolean(), answer.GetRawText());
        return answer.GetProperty("success_response").GetProperty("order_id").GetString()!;
    }

    private static async Task<string?> StatusAsync(ClientShape client, string id)
    {
        JsonElement answer = await client.GetAsync($"{Orders}/historical/{id}");
        return answer.GetProperty("order").GetProperty("status").GetString();
    }
}
