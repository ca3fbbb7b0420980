using System.Net;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

public sealed class QueriesTests : IDisposable
{
    private readonly LoopbackVenue _venue = new();
    private readonly CoinbaseCredentials _credentials = Keys.Credentials();
    private readonly CoinbaseQueries _queries;

    public QueriesTests() => _queries =
        new CoinbaseQueries(_venue.Endpoints, _credentials, TimeProvider.System, TimeSpan.FromSeconds(30));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _queries.Dispose();
        _credentials.Dispose();
        _venue.Dispose();
    }

    [Fact]
    public async Task An_order_is_read_exactly()
    {
        _venue.Answers = _ => LoopbackVenue.Json(
            """{"order":{"order_id":"v-1","product_id":"BTC-USD","order_configuration":{"stop_limit_stop_limit_gtc":{"base_size":"0.001","limit_price":"10000.01","stop_price":"10100","stop_direction":"STOP_DIRECTION_STOP_DOWN"}},"side":"SELL","client_order_id":"c-1","status":"OPEN","created_time":"2021-05-31T09:59:59Z","filled_size":"0.0005","average_filled_price":"50","number_of_fills":"2","filled_value":"5.123456789012345678","total_fees":"0.01","trigger_status":"STOP_TRIGGERED","outstanding_hold_amount":"0.0005","pending_cancel":false,"edit_history":[],"settled":false}}""");
        CoinbaseOrder? order = await _queries.FindOrderAsync("v-1", Cancel);
        Assert.Equal(
            new CoinbaseOrder
            {
                OrderId = "v-1",
                ClientOrderId = "c-1",
                ProductId = "BTC-USD",
                Side = OrderSide.Sell,
                Status = VenueStatus.Open,
                IsTriggered = true,
                FilledSize = 0.0005m,
                FilledValue = 5.1234567890123457m,
                TotalFees = 0.01m,
                Size = 0.001m,
                LimitPrice = 10000.01m,
                StopPrice = 10100m,
                Hold = 0.0005m,
                CreatedAt = new DateTimeOffset(2021, 5, 31, 9, 59, 59, TimeSpan.Zero),
            },
            order);
    }

    [Fact]
    public async Task An_order_the_venue_does_not_know_is_null_and_nothing_else_is()
    {
        _venue.Answers = _ => LoopbackVenue.Json("{\"error\":\"unknown\"}", 404);
        Assert.Null(await _queries.FindOrderAsync("v-1", Cancel));
        _venue.Answers = _ => LoopbackVenue.Json("{\"error\":\"unknown\"}", 500);
        QueryException e = await Assert.ThrowsAsync<QueryException>(() => _queries.FindOrderAsync("v-1", Cancel));
        Assert.Equal(HttpStatusCode.InternalServerError, e.Status);
    }

    [Fact]
    public async Task Pages_are_followed_to_the_last()
    {
        _venue.Answers = request => LoopbackVenue.Json(
            request.Target.Contains("cursor=n1", StringComparison.Ordinal)
                ? $$"""{"orders":[{{Order("b")}}],"has_next":false,"cursor":"n2"}"""
                : $$"""{"orders":[{{Order("a")}}],"has_next":true,"cursor":"n1"}""");
        Assert.Equal(["a", "b"], (await _queries.OpenOrdersAsync(Cancel)).Select(order => order.OrderId));
        _venue.Seen.Clear();
        Assert.Equal(2, (await _queries.RecentOrdersAsync("BTC-USD", DateTimeOffset.UnixEpoch, Cancel)).Count);
        Assert.Contains("product_ids=BTC-USD&start_date=1970-01-01T00%3A00%3A00", _venue.Seen.First().Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fills_stated_in_quote_become_base()
    {
        _venue.Answers = request => LoopbackVenue.Json(
            request.Target.Contains("cursor=", StringComparison.Ordinal)
                ? """{"fills":[],"cursor":""}"""
                : """{"fills":[{"entry_id":"e1","order_id":"o","trade_time":"2023-01-18T01:37:38.091377090Z","price":"50","size":"100","commission":"1.14","product_id":"BTC-USD","liquidity_indicator":"MAKER","size_in_quote":true,"side":"BUY"}],"cursor":"x"}""");
        CoinbaseFill fill = Assert.Single(await _queries.FillsAsync(DateTimeOffset.UnixEpoch, Cancel));
        Assert.Equal((2m, 50m, 1.14m, Liquidity.Maker), (fill.Size, fill.Price, fill.Commission, fill.Liquidity));
    }

    [Fact]
    public async Task What_is_booked_against_a_trade_is_no_trade_and_spoils_no_list()
    {
        (string Type, string Size)[] booked = [("FILL", "2"), ("REVERSAL", "-2"), ("CORRECTION", "0.5"), ("", "1")];
        string entries = string.Join(',', booked.Select((entry, i) => $$"""
                {"entry_id":"e{{i}}","order_id":"o","trade_time":"2023-01-18T01:37:38Z","trade_type":"{{entry.Type}}",
                "price":"50","size":"{{entry.Size}}","commission":"1","product_id":"BTC-USD","side":"BUY"}
                """));
        _venue.Answers = _ => LoopbackVenue.Json($$"""{"fills":[{{entries}}],"cursor":""}""");
        IReadOnlyList<CoinbaseFill> fills = await _queries.FillsAsync(DateTimeOffset.UnixEpoch, Cancel);
        Assert.Equal(
            [(true, 2m), (false, 0m), (false, 0m), (true, 1m)], fills.Select(fill => (fill.IsTrade, fill.Size)));
    }

    [Fact]
    public async Task Products_fees_time_and_rights_are_read()
    {
        _venue.Answers = _ => LoopbackVenue.Json(
            """{"products":[{"product_id":"BTC-USD","base_increment":"0.00000001","quote_increment":"0.01","price_increment":"0.01","base_min_size":"0.00000001","quote_min_size":"1","is_disabled":false,"cancel_only":true,"limit_only":false,"post_only":false,"trading_disabled":false,"auction_mode":false,"view_only":false}],"fee_tier":{"taker_fee_rate":"0.012","maker_fee_rate":"0.006"},"epochMillis":"1704067200123","can_view":true,"can_trade":true,"can_transfer":true,"portfolio_uuid":"p"}""");
        CoinbaseProduct product = Assert.Single(await _queries.ProductsAsync(["BTC-USD"], Cancel));
        Assert.True(product is { IsTradable: true, IsCancelOnly: true, TakesNewOrders: false, PriceIncrement: 0.01m });
        Assert.Equal(new FeeRates(0.006m, 0.012m), await _queries.FeesAsync(Cancel));
        Assert.Equal(1704067200123, (await _queries.TimeAsync(Cancel)).ToUnixTimeMilliseconds());
        Assert.Throws<CredentialException>((await _queries.PermissionsAsync(Cancel)).Require);
    }

    [Theory]
    [InlineData("1e5")]
    [InlineData("-1")]
    [InlineData("1,000")]
    [InlineData(" 1")]
    [InlineData("NaN")]
    [InlineData("99999999999999999999")]
    public async Task A_number_that_is_no_plain_decimal_voids_the_answer(string text)
    {
        _venue.Answers = _ => LoopbackVenue.Json(
            $$$"""{"accounts":[{"currency":"USD","available_balance":{"value":"{{{text}}}"},"hold":{"value":"0"}}]}""");
        await Assert.ThrowsAsync<QueryException>(() => _queries.AccountsAsync(Cancel));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"can_view\":true,\"can_trade\":true}")]
    [InlineData("[]")]
    public async Task Rights_and_fees_that_are_not_told_are_never_assumed(string body)
    {
        _venue.Answers = _ => LoopbackVenue.Json(body);
        await Assert.ThrowsAsync<QueryException>(() => _queries.PermissionsAsync(Cancel));
        await Assert.ThrowsAsync<QueryException>(() => _queries.FeesAsync(Cancel));
    }

    [Fact]
    public async Task Asked_too_often_is_told_with_its_reset()
    {
        _venue.Answers = _ => LoopbackVenue.Json("{}", 429, "x-ratelimit-reset: 4\r\n");
        QueryException e = await Assert.ThrowsAsync<QueryException>(() => _queries.AccountsAsync(Cancel));
        Assert.True(e.IsLimited);
        Assert.Equal(4, e.RateReset);
    }

    [Theory]
    [InlineData("Content-Length: 9000000\r\n\r\n{")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n")]
    public async Task An_answer_longer_than_eight_mebibytes_is_given_up_while_it_arrives(string head)
    {
        string chunks = head.StartsWith('T')
            ? string.Concat(Enumerable.Repeat($"100000\r\n{new string(' ', 1024 * 1024)}\r\n", 9))
            : string.Empty;
        _venue.Answers = _ => "HTTP/1.1 200 X\r\n" + head + chunks;      // neither of them ever ends
        QueryException e = await Assert.ThrowsAsync<QueryException>(() => _queries.AccountsAsync(Cancel));
        Assert.Equal(
            "GET /api/v3/brokerage/accounts: the answer has more than 8 MiB and was not read", e.Message);
        e = await Assert.ThrowsAsync<QueryException>(
            () => PublicListings.ReadAsync(_venue.Rest, ["BTC-USD"], TimeSpan.FromSeconds(30), Cancel));
        Assert.EndsWith(": the answer has more than 8 MiB and was not read", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_without_an_end_is_given_up_after_sixty_four_mebibytes()
    {
        string padding = new(' ', 7 * 1024 * 1024);
        int page = 0;
        _venue.Answers = _ => LoopbackVenue.Json(
            $$"""{"orders":[{{Order("a")}}],{{padding}}"has_next":true,"cursor":"n{{++page}}"}""");
        QueryException e = await Assert.ThrowsAsync<QueryException>(() => _queries.OpenOrdersAsync(Cancel));
        Assert.Equal(
            "GET /api/v3/brokerage/orders/historical/batch: the list has more than 64 MiB and was not read", e.Message);
        Assert.Equal(10, page);
    }

    [Fact]
    public async Task The_time_is_asked_for_without_a_token_because_one_of_a_wrong_clock_is_refused()
    {
        _venue.Answers = _ => LoopbackVenue.Json("""{"epochMillis":"1704067200123"}""");
        _ = await _queries.TimeAsync(Cancel);
        Assert.DoesNotContain("Authorization", _venue.Seen.Single().Head, StringComparison.OrdinalIgnoreCase);
    }

    private static string Order(string id) =>
        $$"""{"order_id":"{{id}}","client_order_id":"c","product_id":"BTC-USD","side":"BUY","status":"OPEN"}""";
}
