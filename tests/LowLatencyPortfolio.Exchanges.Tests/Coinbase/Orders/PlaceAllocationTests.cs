using System.Net;
using System.Net.Sockets;
using System.Text;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

public sealed class PlaceAllocationTests
{
    private const int Orders = 500;

    [Fact]
    public void Placing_an_order_over_a_warm_connection_allocates_nothing()
    {
        using EchoVenue venue = new();
        using CoinbaseCredentials credentials = Keys.Credentials();
        PairSetup[] pairs = Pairs.Of("BTC-USD");
        CoinbaseGatewayOptions options = new() { Endpoints = new CoinbaseEndpoints { Rest = venue.Rest } };
        RequestBudget budget = new(TimeProvider.System, 1e9, 1_000_000, 8);
        OrderDesk desk = new(pairs, options, budget);
        ClientOrderIds ids = new("engine1", 1);
        desk.Begin(ids, 1);
        using SignedHeads heads =
            new(new JwtSigner(credentials, venue.Rest.Authority, options.Time), venue.Rest, options.Time,
                e => throw e);
        using OrderSender sender = new(
            heads, new OrderTemplates(pairs, ids),
            new OrderConnection(venue.Rest, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)), budget);
        EventList reports = new();
        long sequence = 0;
        long least = long.MaxValue;
        for (int run = 0; run < 7 && least > 0; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            int acknowledged = Place(desk, sender, reports, ref sequence);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(Orders, acknowledged);
        }

        Assert.Equal(0, least);
        Assert.True(sequence >= Orders, "orders must have been placed");
    }

    private static int Place(OrderDesk desk, OrderSender sender, EventList reports, ref long sequence)
    {
        int acknowledged = 0;
        for (int i = 0; i < Orders; i++)
        {
            OrderCommand command = Desk.Exit(++sequence);
            desk.Submit(in command);
            if (desk.TryNext(1, null, out WireRequest request, out _, out _))
            {
                OrderAnswer answer = sender.Send(in request);
                desk.Complete(in request, in answer, 1);
            }

            _ = desk.MoveReportsTo(reports);
            foreach (ref readonly TradingEvent report in reports.Waiting)
            {
                acknowledged += report.Report == ReportKind.Ack ? 1 : 0;
            }

            reports.Clear();
            desk.With(End);
        }

        return acknowledged;
    }

    // So that the table does not fill up with working orders.
    private static void End(DeskState state)
    {
        while (state.Book.LiveCount > 0)
        {
            state.Book.Finish(state.Book.Live[0], ReportKind.Cancelled, RejectReason.None, byProof: false, 1);
        }

        state.Reports.Clear();
    }

    /// <summary>Accepts every order, on a thread of its own and without garbage on the caller's.</summary>
    private sealed class EchoVenue : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public EchoVenue()
        {
            _listener.Start();
            new Thread(Serve) { IsBackground = true }.Start();
        }

        public Uri Rest => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

        public void Dispose() => _listener.Stop();

        private void Serve()
        {
            try
            {
                using Socket socket = _listener.AcceptSocket();
                socket.NoDelay = true;
                byte[] buffer = new byte[64 * 1024];
                while (socket.Receive(buffer) is > 0 and int length)
                {
                    // A request is one write, and on loopback one read.
                    string text = Encoding.ASCII.GetString(buffer, 0, length);
                    string client = text.Split("\"client_order_id\":\"")[1].Split('"')[0];
                    socket.Send(Encoding.ASCII.GetBytes(LoopbackVenue.Json(
                        $$$"""{"success":true,"success_response":{"order_id":"52cfe5e2-0b29-4c19-a245-a6a773de5030","product_id":"BTC-USD","side":"SELL","client_order_id":"{{{client}}}"}}""")));
                }
            }
            catch (SocketException)
            {
                // The test has ended.
            }
        }
    }
}
