using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Exchanges.Tests.Coinbase.Feed;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>
/// A venue that contradicts itself, seen at the desk alone; names and certificates that fail, times that cannot be.
/// Numbers are those of the list of faults.
/// </summary>
public sealed class FaultTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Desk _desk = new();
    private readonly LoopbackVenue _venue = new();

    public void Dispose() => _venue.Dispose();

    // 34
    [Fact]
    public void An_order_that_traded_more_than_it_was_for_is_booked_and_stops_entries()
    {
        BecomeReconciled();
        _desk.Place(Desk.Entry(1));
        _desk.Observe(_desk.See(Desk.Entry(1), VenueStatus.Filled, 12m));
        Assert.Equal(["Fill 1", "OrdersUnexplained 1"], _desk.Reports());
        _desk.Core.With(state => Assert.Equal(1, state.Book.Overfills));
        _desk.Core.With(state => state.Health.SetReconciled(2));
        Assert.Empty(_desk.Reports());      // no look makes that right again
    }

    // 34
    [Fact]
    public void Of_a_stop_that_sold_more_than_it_was_for_only_its_own_part_is_booked_once()
    {
        BecomeReconciled();
        _desk.Place(Desk.Stop(1));
        CoinbaseOrder seen = _desk.See(Desk.Stop(1), VenueStatus.Filled, 12.5m);
        _desk.Observe(seen);
        EventList events = new();
        Assert.True(_desk.Core.MoveReportsTo(events));
        TradingEvent fill = events.Waiting.ToArray().Single(e => e.Report == ReportKind.Fill);
        Assert.Equal((10 * Desk.Unit, seen.FilledValue * 0.8m), (fill.CumulativeQuantity, fill.FillValue));
        _desk.Observe(seen);
        Assert.Empty(_desk.Reports());
        _desk.Core.With(state => Assert.Equal((1L, 0), (state.Book.Overfills, state.Book.LiveCount)));
    }

    // 34
    [Fact]
    public void Fills_that_add_up_to_more_than_the_order_was_for_stop_entries()
    {
        BecomeReconciled();
        _desk.Place(Desk.Entry(1));
        _desk.Core.ObserveFills(1, 11m, 1100m, 1m, Domain.Liquidity.Taker, 1);
        Assert.Equal(["Fill 1", "OrdersUnexplained 1"], _desk.Reports());
    }

    // 36
    [Fact]
    public void An_order_that_is_filled_and_shown_open_again_stays_filled()
    {
        BecomeReconciled();
        _desk.Place(Desk.Stop(1));
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Filled, 10m));
        Assert.Equal(["Fill 1"], _desk.Reports());
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Open, 10m));
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Open, 4m));
        Assert.Empty(_desk.Reports());
        _desk.Core.With(state =>
        {
            Assert.Equal((2L, 0), (state.Book.Regressions, state.Book.LiveCount));
            Assert.True(state.IsQuiet(0));
        });
    }

    // 42
    [Theory]
    [InlineData(96, 10, 98)]
    [InlineData(97, 11, 98)]
    [InlineData(97, 10, 99)]
    public void A_stop_with_our_client_id_and_other_terms_stops_entries(int limit, int size, int trigger)
    {
        BecomeReconciled();
        _desk.Place(Desk.Stop(1));
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Open) with
        {
            LimitPrice = limit, Size = size, StopPrice = trigger,
        });
        Assert.Equal(["OrdersUnexplained 1"], _desk.Reports());
    }

    // 42
    [Fact]
    public void An_order_with_our_client_id_on_the_other_side_stops_entries_and_fills_nothing()
    {
        BecomeReconciled();
        _desk.Place(Desk.Stop(1));
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Filled, 10m) with { Side = Domain.OrderSide.Buy });
        Assert.Equal(["OrdersUnexplained 1"], _desk.Reports());
    }

    // 54
    [Theory]
    [InlineData("BTC-USDC", "BTC-USD", true)]
    [InlineData("BTC-USD", "BTC-USDC", true)]
    [InlineData("BTC-USD", "BTC-USD", true)]
    [InlineData("BTC-USD", "ETH-USDC", false)]
    [InlineData("BTC-USDC", "BTC-USDT", false)]
    [InlineData("USDT-USDC", "USDT-USD", false)]
    [InlineData("EURC-USD", "EURC-USDC", false)]
    public void A_book_is_known_under_both_its_names(string ours, string theirs, bool isSame)
    {
        Assert.Equal(isSame, ProductAlias.IsSame(ours, theirs));
        string answer = $$$"""
            {"success":true,"success_response":{"order_id":"v-1","product_id":"{{{theirs}}}","side":"BUY",
            "client_order_id":"c-1"}}
            """;
        OrderAnswer read = CreateAnswers.Read(
            200, Encoding.UTF8.GetBytes(answer), Encoding.UTF8.GetBytes(ours), "c-1"u8, Domain.OrderSide.Buy);
        Assert.Equal((AnswerKind.Accepted, !isSame), (read.Kind, read.IsOfAnother));
    }

    // 54
    [Fact]
    public void A_fill_told_under_the_other_name_of_the_product_is_ours()
    {
        BecomeReconciled();
        _desk.Place(Desk.Stop(1));
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Filled, 10m) with { ProductId = "BTC-USDC" });
        Assert.Equal(["Fill 1"], _desk.Reports());
    }

    // 68
    [Fact]
    public void A_name_service_that_fails_later_leaves_the_address_that_worked()
    {
        int asked = 0;
        using OrderConnection connection = new(
            Named("venue.example"), Patience, Patience,
            (_, _) => asked++ == 0
                ? Task.FromResult<IPAddress[]>([IPAddress.Loopback])
                : throw new SocketException((int)SocketError.TryAgain));
        _venue.Answers = _ => LoopbackVenue.Json("{}");
        Assert.True(connection.EnsureOpen());
        connection.Dispose();
        Assert.True(connection.EnsureOpen());
        Assert.Equal((2, 2L), (asked, connection.Connects));
    }

    // 68
    [Fact]
    public void A_name_that_nobody_knows_means_that_nothing_was_sent()
    {
        using OrderConnection connection = new(
            Named("venue.example"), Patience, Patience,
            (_, _) => throw new SocketException((int)SocketError.HostNotFound));
        Assert.Equal(SendOutcome.NotSent, connection.Send("GET / HTTP/1.1\r\n\r\n"u8));
        Assert.Equal(nameof(SocketException), connection.Failure);
    }

    // 69
    [Theory]
    [InlineData("localhost")]
    [InlineData("elsewhere.example")]
    public async Task An_order_is_not_sent_to_a_server_whose_certificate_cannot_be_trusted(string name)
    {
        using TestCertificate certificate = new(name);
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task<int> server = ReadAsServerAsync(listener, certificate);
        Uri rest = new($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");
        using OrderConnection connection = new(
            rest, Patience, Patience, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        Assert.Equal(SendOutcome.NotSent, connection.Send("POST /orders HTTP/1.1\r\n\r\n"u8));
        connection.Dispose();
        Assert.Equal(0, await server.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    // 76
    [Theory]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999Z")]
    [InlineData("2016-12-31T23:59:60.5Z", "2016-12-31T23:59:59.999Z")]
    [InlineData("2017-01-01T00:59:60+01:00", "2016-12-31T23:59:59.999Z")]
    [InlineData("2026-08-09T14:00:00+02:00", "2026-08-09T12:00:00Z")]
    [InlineData("2026-08-09T12:00:00", "2026-08-09T12:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z")]
    [InlineData("1969-12-31T23:59:59Z", null)]
    [InlineData("0001-01-01T00:00:00Z", null)]
    [InlineData("2026-08-09T12:00:61Z", null)]
    [InlineData("yesterday", null)]
    [InlineData("", null)]
    public void Times_are_read_in_utc_or_not_at_all(string told, string? meant)
    {
        using JsonDocument document = JsonDocument.Parse($$"""{"t":"{{told}}"}""");
        DateTimeOffset? expected = meant is null
            ? null
            : DateTimeOffset.Parse(meant, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(expected, VenueJson.Time(document.RootElement, "t"));
    }

    // 76
    [Theory]
    [InlineData("1970-01-02T00:00:00Z")]
    [InlineData("2099-01-01T00:00:00Z")]
    public void A_fill_of_another_year_is_booked_now(string created)
    {
        BecomeReconciled();
        _desk.Place(Desk.Stop(1));
        _desk.Observe(_desk.See(Desk.Stop(1), VenueStatus.Filled, 10m) with
        {
            CreatedAt = DateTimeOffset.Parse(created, System.Globalization.CultureInfo.InvariantCulture),
        });
        EventList events = new();
        Assert.True(_desk.Core.MoveReportsTo(events));
        TradingEvent fill = events.Waiting.ToArray().Single(e => e.Report == ReportKind.Fill);
        Assert.Equal(_desk.Time.NowNs, fill.ReceivedAtNs);
    }

    private Uri Named(string host) => new($"http://{host}:{_venue.Rest.Port}");

    private void BecomeReconciled()
    {
        _desk.Core.With(state =>
        {
            state.Health.SetUser(true, 1);
            state.Health.SetReconciled(1);
        });
        _ = _desk.Reports();
    }

    // What the server got after its handshake; a client that refuses the certificate ends it.
    private static async Task<int> ReadAsServerAsync(TcpListener listener, TestCertificate certificate)
    {
        using TcpClient client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        using SslStream stream = new(client.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(certificate.Certificate);
            return await stream.ReadAsync(new byte[16], TestContext.Current.CancellationToken);
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            return 0;
        }
    }
}
