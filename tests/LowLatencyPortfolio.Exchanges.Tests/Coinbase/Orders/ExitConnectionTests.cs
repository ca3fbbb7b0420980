using System.Text.Json;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>Requests that are never answered hold their connections, and no exit.</summary>
public sealed class ExitConnectionTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly LoopbackVenue _venue = new();
    private readonly CoinbaseCredentials _credentials = Keys.Credentials();
    private readonly CoinbaseGateway _gateway;
    private int _acknowledged;

    public ExitConnectionTests()
    {
        _venue.Answers = Answer;
        _gateway = new CoinbaseGateway(
            Pairs.Of("BTC-USD", "ETH-USD", "SOL-USD"), _credentials,
            new CoinbaseGatewayOptions
            {
                Endpoints = _venue.Endpoints,
                AnswerTimeout = TimeSpan.FromHours(1),      // no edit is given up while a test waits
                UserSilence = Patience,
            });
        _gateway.Identify("engine1", 1);
    }

    public void Dispose()
    {
        _venue.Dispose();       // what waits for an answer ends
        _gateway.Dispose();
        _credentials.Dispose();
    }

    [Fact]
    public void An_exit_leaves_while_every_other_connection_waits_for_an_answer()
    {
        HoldBothConnections();
        _gateway.Submit(Desk.Exit(5, product: 2));
        Until(() => _venue.Seen.Any(seen => IsCreate(seen, 5)), "the exit");
    }

    [Fact]
    public void The_cancel_that_an_exit_waits_for_leaves_while_every_other_connection_waits_for_an_answer()
    {
        HoldBothConnections();
        _gateway.Submit(Desk.Stop(1) with { Kind = OrderCommandKind.Cancel });
        Until(() => _venue.Seen.Any(seen => IsAt(seen, "orders/batch_cancel")), "the cancel");
    }

    [Fact]
    public void Nothing_else_takes_the_connection_of_exits()
    {
        HoldBothConnections();
        _gateway.Submit(Desk.Entry(5, product: 2));
        _gateway.Submit(Desk.Exit(6, product: 2));
        _gateway.Submit(Desk.Entry(7, product: 2));
        _gateway.Submit(Desk.Exit(8, product: 2));
        Until(() => _venue.Seen.Count(seen => IsCreate(seen, 6) || IsCreate(seen, 8)) == 2, "two exits");
        Assert.DoesNotContain(_venue.Seen, seen => IsCreate(seen, 5) || IsCreate(seen, 7));
    }

    private void HoldBothConnections()
    {
        _gateway.Submit(Desk.Stop(1));
        _gateway.Submit(Desk.Stop(2, product: 1));
        Until(() => Acknowledged() == 2, "two stops");
        Move(3, replaces: 1, product: 0);
        Move(4, replaces: 2, product: 1);
        Until(() => _venue.Seen.Count(seen => IsAt(seen, "orders/edit_preview")) == 2, "two edits");
    }

    private void Move(long sequence, long replaces, int product) => _gateway.Submit(
        Desk.Stop(sequence, product) with
        {
            Kind = OrderCommandKind.Replace,
            Replaces = replaces,
            Trigger = 99 * Desk.Unit,
        });

    private int Acknowledged()
    {
        _ = _gateway.Poll(0);
        foreach (TradingEvent e in _gateway.Reports)
        {
            _acknowledged += e is { Kind: EventKind.OrderReport, Report: ReportKind.Ack } ? 1 : 0;
        }

        _gateway.ClearReports();
        return _acknowledged;
    }

    private static string Answer(LoopbackVenue.Request request) => request.Target.Split('?')[0] switch
    {
        "/api/v3/brokerage/orders" => LoopbackVenue.Json(Created(request.Body)),
        "/api/v3/brokerage/orders/edit_preview" => string.Empty,
        _ => LoopbackVenue.Json("{}", 503),
    };

    private static string Created(string body)
    {
        JsonElement order = JsonDocument.Parse(body).RootElement;
        JsonElement id = order.GetProperty("client_order_id");
        JsonElement product = order.GetProperty("product_id");
        return $$$"""
            {"success":true,"success_response":{"order_id":"venue-{{{id}}}","product_id":"{{{product}}}",
            "side":"{{{order.GetProperty("side")}}}","client_order_id":"{{{id}}}"}}
            """;
    }

    private static bool IsCreate(LoopbackVenue.Request request, long sequence) =>
        IsAt(request, "orders") && request.Body.Contains($"llp-engine1-1-{sequence}\"", StringComparison.Ordinal);

    private static bool IsAt(LoopbackVenue.Request request, string path) =>
        request.Method == "POST" && request.Target == "/api/v3/brokerage/" + path;

    private static void Until(Func<bool> condition, string what) =>
        Assert.True(SpinWait.SpinUntil(condition, Patience), what);
}
