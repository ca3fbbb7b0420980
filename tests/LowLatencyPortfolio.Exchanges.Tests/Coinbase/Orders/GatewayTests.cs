using System.Text.Json;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

public sealed class GatewayTests : IDisposable
{
    private const string Open = """[{"type":"snapshot","orders":[]}]""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LoopbackVenue _venue = new();
    private readonly CoinbaseCredentials _credentials = Keys.Credentials();
    private readonly CoinbaseGateway _gateway;
    private readonly List<TradingEvent> _reports = [];

    public GatewayTests()
    {
        _venue.Answers = Answer;
        _gateway = new CoinbaseGateway(
            Pairs.Of("BTC-USD"), _credentials,
            new CoinbaseGatewayOptions
            {
                Endpoints = _venue.Endpoints,
                AnswerTimeout = TimeSpan.FromSeconds(10),
                UserSilence = Patience,
            });
    }

    public void Dispose()
    {
        _gateway.Dispose();
        _credentials.Dispose();
        _venue.Dispose();
    }

    [Fact]
    public async Task An_order_travels_to_the_venue_and_its_fill_comes_back()
    {
        LoopbackVenue.UserSocket user = await UpAsync();
        _gateway.Submit(Desk.Entry(1));
        Await(ReportKind.Ack, 1);
        LoopbackVenue.Request sent = Assert.Single(_venue.Seen, IsCreate);
        Assert.Contains("\"client_order_id\":\"llp-engine1-1-1\"", sent.Body, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer ey", sent.Head, StringComparison.Ordinal);
        await user.SendAsync("user", Update("FILLED", "10"));
        TradingEvent fill = Await(ReportKind.Fill, 1);
        Assert.Equal((10 * Desk.Unit, 970m, 2m), (fill.CumulativeQuantity, fill.FillValue, fill.Fee));
        Assert.Equal(97 * Desk.Unit, fill.Price);
    }

    [Fact]
    public async Task Subscriptions_carry_a_token_and_name_their_channel()
    {
        LoopbackVenue.UserSocket user = await UpAsync();
        string[] messages = [.. user.Received];
        Assert.Equal(
            ["heartbeats", "user"],
            messages.Select(text => JsonDocument.Parse(text).RootElement.GetProperty("channel").GetString()));
        Assert.All(messages, text => Assert.Contains("\"jwt\":\"ey", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_gap_in_the_user_channel_closes_the_gate_until_the_venue_was_asked()
    {
        LoopbackVenue.UserSocket user = await UpAsync();
        long before = _gateway.Counters.Reconciliations;
        await user.SendAsync("heartbeats", "[]", skip: 1);
        Assert.Equal(1, AwaitHealth().Quantity);
        Assert.Equal(0, AwaitHealth().Quantity);
        Assert.Equal(1, _gateway.Counters.UserGaps);
        Assert.True(_gateway.Counters.Reconciliations > before);
    }

    [Fact]
    public async Task A_lost_user_channel_is_made_again_and_closes_the_gate_meanwhile()
    {
        LoopbackVenue.UserSocket user = await UpAsync();
        _venue.DropConnections();
        Assert.Equal(1, AwaitHealth().Quantity);
        LoopbackVenue.UserSocket next = await SocketAsync(2);
        Assert.NotSame(user, next);
        await next.SendAsync("user", Open);
        Assert.Equal(0, AwaitHealth().Quantity);
        Assert.Equal(2, _gateway.Counters.UserConnects);
    }

    [Fact]
    public async Task Broken_messages_are_counted_and_never_fatal()
    {
        LoopbackVenue.UserSocket user = await UpAsync();
        await user.SendRawAsync("{");
        await user.SendRawAsync("[]");
        await user.SendAsync("user", """[{"type":"update","orders":[{"order_side":"UP"}]}]""");
        await user.SendAsync("user", "7");
        await user.SendAsync("user", Update("FILLED", "10", client: "somebody"));
        Until(() => _gateway.Counters is { Malformed: >= 4, ForeignOrders: >= 1 }, "all are counted");
        _gateway.Submit(Desk.Entry(1));
        Await(ReportKind.Ack, 1);
    }

    [Fact]
    public async Task A_lost_answer_to_a_stop_is_unknown_and_resolved_by_repeating_the_request()
    {
        _ = await UpAsync();
        int asked = 0;
        _venue.Answers = request =>
            IsCreate(request) && Interlocked.Increment(ref asked) == 1 ? null : Answer(request);
        _gateway.Submit(Desk.Stop(1));
        Await(ReportKind.Unknown, 1);
        Await(ReportKind.Ack, 1);
        LoopbackVenue.Request[] sent = [.. _venue.Seen.Where(IsCreate)];
        Assert.Equal(2, sent.Length);
        Assert.Equal(sent[0].Body, sent[1].Body);
    }

    [Fact]
    public async Task A_server_error_on_an_entry_is_unknown_and_resolved_by_looking()
    {
        _ = await UpAsync();
        _venue.Answers = request => IsCreate(request) ? LoopbackVenue.Json("{}", 502)
            : request.Target.Contains("/orders/historical/batch?product_ids", StringComparison.Ordinal)
                ? LoopbackVenue.Json($$"""{"orders":[{{Order("OPEN")}}],"has_next":false,"cursor":""}""")
            : Answer(request);
        _gateway.Submit(Desk.Entry(1));
        Await(ReportKind.Unknown, 1);
        Await(ReportKind.Ack, 1);
        Assert.Single(_venue.Seen, IsCreate);
    }

    [Fact]
    public async Task Secrets_and_tokens_are_in_no_exception_and_no_text_of_the_gateway()
    {
        _ = await UpAsync();
        foreach (string? answer in (string?[])
            [null, "garbage\r\n\r\n", LoopbackVenue.Json("{}", 401), LoopbackVenue.Json("{}", 500), LoopbackVenue.Json("{", 200)])
        {
            _venue.Answers = _ => answer;
            foreach (Func<Task> ask in Questions())
            {
                Exception e = await Assert.ThrowsAsync<QueryException>(ask);
                Keys.AssertHidden(e.ToString());
                Assert.DoesNotContain("Bearer", e.ToString(), StringComparison.Ordinal);
                Assert.DoesNotContain("ey", e.Message.Replace("key", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
                Assert.DoesNotContain(Keys.Name, e.ToString(), StringComparison.Ordinal);
            }
        }

        Keys.AssertHidden(_gateway.ToString() + _gateway.Counters + _gateway.Queries);
    }

    [Fact]
    public void A_gateway_is_identified_once()
    {
        _gateway.Identify("engine1", 1);
        Assert.Throws<InvalidOperationException>(() => _gateway.Identify("engine1", 2));
    }

    private static string Answer(LoopbackVenue.Request request) => request.Target.Split('?')[0] switch
    {
        "/api/v3/brokerage/orders" => LoopbackVenue.Json(Created(request.Body)),
        "/api/v3/brokerage/time" => LoopbackVenue.Json(
            $$"""{"epochMillis":"{{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}}"}"""),
        "/api/v3/brokerage/accounts" => LoopbackVenue.Json(
            """{"accounts":[{"currency":"USD","available_balance":{"value":"5"},"hold":{"value":"0"}}],"has_next":false}"""),
        _ => LoopbackVenue.Json("""{"orders":[],"fills":[],"products":[],"has_next":false,"cursor":""}"""),
    };

    private static string Created(string body)
    {
        JsonElement order = JsonDocument.Parse(body).RootElement;
        return $$$"""{"success":true,"success_response":{"order_id":"venue-1","product_id":"{{{order.GetProperty("product_id")}}}","side":"{{{order.GetProperty("side")}}}","client_order_id":"{{{order.GetProperty("client_order_id")}}}"}}""";
    }

    private static string Update(string status, string filled, string client = "llp-engine1-1-1") =>
        $$"""[{"type":"update","orders":[{"order_id":"venue-1","client_order_id":"{{client}}","product_id":"BTC-USD","order_side":"BUY","status":"{{status}}","trigger_status":"INVALID_ORDER_TYPE","cumulative_quantity":"{{filled}}","filled_value":"","avg_price":"97","total_fees":"2","limit_price":"97","stop_price":""}]}]""";

    private static string Order(string status) =>
        $$$$"""{"order_id":"venue-1","client_order_id":"llp-engine1-1-1","product_id":"BTC-USD","side":"BUY","status":"{{{{status}}}}","filled_size":"0","filled_value":"0","total_fees":"0","order_configuration":{"limit_limit_gtc":{"base_size":"10","limit_price":"97","post_only":false}}}""";

    private static bool IsCreate(LoopbackVenue.Request request) =>
        request.Method == "POST" && request.Target.EndsWith("/orders", StringComparison.Ordinal);

    private static void Until(Func<bool> condition, string what) =>
        Assert.True(SpinWait.SpinUntil(condition, Patience), what);

    private Func<Task>[] Questions()
    {
        ICoinbaseQueries queries = _gateway.Queries;
        CancellationToken cancel = TestContext.Current.CancellationToken;
        return
        [
            () => queries.AccountsAsync(cancel), () => queries.FeesAsync(cancel), () => queries.TimeAsync(cancel),
            () => queries.OpenOrdersAsync(cancel), () => queries.PermissionsAsync(cancel),
            () => queries.FindOrderAsync("x", cancel), () => queries.FillsAsync(DateTimeOffset.UnixEpoch, cancel),
            () => queries.ProductsAsync(["BTC-USD"], cancel),
        ];
    }

    private async Task<LoopbackVenue.UserSocket> UpAsync()
    {
        _gateway.Identify("engine1", 1);
        LoopbackVenue.UserSocket user = await SocketAsync(1);
        await user.SendAsync("subscriptions", """[{"subscriptions":{"user":["x"]}}]""");
        await user.SendAsync("user", Open);
        Assert.Equal(1, AwaitHealth().Quantity);
        Assert.Equal(0, AwaitHealth().Quantity);
        return user;
    }

    private Task<LoopbackVenue.UserSocket> SocketAsync(int number)
    {
        Until(() => _venue.Sockets.Count >= number && _venue.Sockets.Last().Received.Count == 2, "it must subscribe");
        return Task.FromResult(_venue.Sockets.Last());
    }

    private TradingEvent Await(ReportKind kind, long sequence) =>
        Take(e => e.Kind == EventKind.OrderReport && e.Report == kind && e.OrderSequence == sequence, $"{kind} {sequence}");

    private TradingEvent AwaitHealth() =>
        Take(e => e.Kind == EventKind.FeedState && e.Health == HealthFlag.NotReconciled, "a change of health");

    private TradingEvent Take(Predicate<TradingEvent> isMeant, string what)
    {
        Until(
            () =>
            {
                _ = _gateway.Poll(0);
                _reports.AddRange(_gateway.Reports);
                _gateway.ClearReports();
                return _reports.Exists(isMeant);
            },
            what);
        TradingEvent found = _reports.Find(isMeant);
        _reports.RemoveAt(_reports.FindIndex(isMeant));
        return found;
    }
}
