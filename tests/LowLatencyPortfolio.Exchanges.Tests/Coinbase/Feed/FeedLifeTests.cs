using System.Net;
using System.Net.Sockets;
using System.Text;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Feed;

public sealed class FeedLifeTests
{
    [Fact]
    public void Every_wrong_option_is_named_at_once()
    {
        CoinbaseFeedOptions options = new()
        {
            Endpoint = new Uri("https://x"), HeartbeatTimeout = TimeSpan.Zero, MaxMessageBytes = 5,
            MostBackoff = TimeSpan.FromMilliseconds(1),
        };
        ArgumentException refusal = Assert.Throws<ArgumentException>(
            () => new CoinbaseFeed(options, [], new RecordingSink()));
        string[] names = ["Endpoint", "HeartbeatTimeout", "MaxMessageBytes", "MostBackoff", "one pair"];
        foreach (string name in names)
        {
            Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_feed_starts_once_and_stops_as_often_as_one_likes()
    {
        using FakeVenue venue = new();
        RecordingSink sink = new();
        CoinbaseFeed feed = new(
            venue.Options, Captures.PairsOf("BTC-USD"), sink);
        Assert.True(feed.IsBad(0));
        feed.Start();
        Assert.Throws<InvalidOperationException>(feed.Start);
        _ = venue.Next();
        feed.Stop();
        feed.Dispose();
        feed.Dispose();
        Assert.Equal(1, feed.Readings.Ends[FeedEnd.Stopped]);
        Assert.Equal(["bad 0"], sink.Said);
    }

    [Fact]
    public void A_feed_that_was_never_started_can_be_disposed_of()
    {
        CoinbaseFeed feed = new(new CoinbaseFeedOptions(), Captures.PairsOf("BTC-USD"), new RecordingSink());
        feed.Dispose();
        feed.Stop();
        Assert.Equal(0, feed.Readings.Counts[FeedCount.Connections]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_sink_that_throws_ends_its_feed_and_nothing_else(bool throwsAtTick)
    {
        using FakeVenue venue = new();
        using CoinbaseFeed feed = new(
            venue.Options, Captures.PairsOf("BTC-USD"),
            new ThrowingSink(throwsAtTick));
        using ManualResetEventSlim faulted = new();
        feed.Faulted += _ => faulted.Set();
        feed.Start();
        if (throwsAtTick)
        {
            venue.Next().SendText(VenueMessages.Trades(0, "snapshot", "BTC-USD", 1));
        }

        Assert.True(faulted.Wait(TimeSpan.FromSeconds(30)));
        Assert.Equal("the sink is closed", feed.Fault!.Message);
        Assert.Equal(throwsAtTick ? 1 : 0, feed.Readings.Ends[FeedEnd.SinkFailed]);
        feed.Stop();
    }

    [Fact]
    public void A_certificate_of_a_trusted_root_and_the_right_name_is_taken()
    {
        using TestCertificate certificate = new();
        using FakeVenue venue = new(certificate.Certificate);
        RecordingSink sink = new();
        CoinbaseFeedOptions options = venue.Options with { TrustedRoots = certificate.Roots };
        using CoinbaseFeed feed = new(options, Captures.PairsOf("BTC-USD"), sink);
        feed.Start();
        venue.Next().SendText(VenueMessages.Trades(0, "snapshot", "BTC-USD", 1));
        sink.Expect("bad 0", "tick 0 #1", "good 0");
    }

    [Theory]
    [InlineData("localhost", false)]
    [InlineData("elsewhere.example", true)]
    public void A_certificate_of_an_unknown_root_or_another_name_is_refused(string name, bool isTrusted)
    {
        using TestCertificate certificate = new(name);
        using FakeVenue venue = new(certificate.Certificate);
        CoinbaseFeedOptions options = venue.Options with { TrustedRoots = isTrusted ? certificate.Roots : null };
        using CoinbaseFeed feed = new(options, Captures.PairsOf("BTC-USD"), new RecordingSink());
        feed.Start();
        RecordingSink.Until(() => feed.Readings.Ends[FeedEnd.NotConnected] > 0, "the refusal");
        Assert.Equal(0, feed.Readings.Counts[FeedCount.Connections]);
        Assert.Contains("certificate", feed.Readings.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_takes_the_connection_and_says_nothing_is_given_up()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        ManualTime time = new();
        CoinbaseFeedOptions options = new()
        {
            Endpoint = new Uri($"ws://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"), Time = time,
            Random = new NoJitter(),
        };
        using CoinbaseFeed feed = new(options, Captures.PairsOf("BTC-USD"), new RecordingSink());
        feed.Start();
        using TcpClient silent = listener.AcceptTcpClient();
        Assert.Equal(0, feed.Readings.Ends[FeedEnd.NotConnected]);
        time.Advance(TimeSpan.FromSeconds(11));
        RecordingSink.Until(() => feed.Readings.Ends[FeedEnd.NotConnected] == 1, "the end of the wait");
    }

    [Fact]
    public void After_a_pause_of_the_process_an_old_heartbeat_in_the_socket_does_not_count()
    {
        ManualTime time = new();
        CoinbaseFeedOptions options = new() { Time = time };
        ProductTable products = new(Captures.PairsOf("BTC-USD"));
        RecordingSink sink = new();
        FeedReader reader = new(options, products, new ProductHealth(products, sink), sink, new FeedCounters());
        reader.Begin();
        reader.Open();
        byte[] heartbeat = Encoding.UTF8.GetBytes(VenueMessages.Heartbeat(0));
        Assert.Equal(FeedEnd.None, reader.Take(heartbeat));
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(FeedEnd.Stalled, reader.Take(heartbeat));
    }

    [Fact]
    public void A_heartbeat_s_trade_that_does_not_come_by_the_next_heartbeat_is_a_gap()
    {
        using FakeVenue venue = new();
        RecordingSink sink = new();
        CoinbaseFeedOptions options = venue.Options with { Source = CoinbaseFeedSource.ExchangeMatches };
        using CoinbaseFeed feed = new(options, Captures.PairsOf("BTC-USD"), sink);
        feed.Start();
        VenueClient client = venue.Next();
        Assert.Equal(
            """{"type":"subscribe","product_ids":["BTC-USD"],"channels":["heartbeat","matches"]}""",
            client.Receive().Payload);
        client.SendText(VenueMessages.Match("last_match", "BTC-USD", 10));
        client.SendText(VenueMessages.ProductHeartbeat("BTC-USD", 11));      // its match is on the way
        client.SendText(VenueMessages.Match("match", "BTC-USD", 11));
        client.SendText(VenueMessages.ProductHeartbeat("BTC-USD", 12));
        client.SendText(VenueMessages.ProductHeartbeat("BTC-USD", 12));      // and this one was lost
        client = venue.Next();
        client.SendText(VenueMessages.Match("last_match", "BTC-USD", 12));
        sink.Expect("bad 0", "tick 0 #10", "good 0", "tick 0 #11", "bad 0", "tick 0 #12", "good 0");
        Assert.Equal(1, feed.Readings.Ends[FeedEnd.Gap]);
    }

    [Fact]
    public void A_match_after_a_lost_one_makes_its_product_bad_until_it_is_handed_on()
    {
        using FakeVenue venue = new();
        RecordingSink sink = new();
        CoinbaseFeedOptions options = venue.Options with { Source = CoinbaseFeedSource.ExchangeMatches };
        using CoinbaseFeed feed = new(options, Captures.PairsOf("BTC-USD", "ETH-USD"), sink);
        feed.Start();
        VenueClient client = venue.Next();
        client.SendText(VenueMessages.Match("last_match", "BTC-USD", 10));
        client.SendText(VenueMessages.Match("last_match", "ETH-USD", 70));
        client.SendText(VenueMessages.Match("match", "BTC-USD", 11));        // the book's own numbers are 3 apart
        client.SendText(VenueMessages.Match("match", "BTC-USD", 14));
        client.SendText(VenueMessages.Match("match", "BTC-USD", 13));        // too late to be a price
        client.SendText(VenueMessages.Match("match", "ETH-USD", 71));
        sink.Expect(
            "bad 0", "bad 1", "tick 0 #10", "good 0", "tick 1 #70", "good 1", "tick 0 #11", "bad 0", "tick 0 #14",
            "good 0", "tick 1 #71");
        Assert.Equal(2, feed.Readings.Counts[FeedCount.LostTrades]);
        Assert.Equal(1, feed.Readings.Counts[FeedCount.RepeatedTrades]);
        Assert.Equal(0, feed.Readings.Counts[FeedCount.Gaps]);
    }

    [Fact]
    public void A_product_without_heartbeats_is_bad_until_one_says_that_no_trade_is_missing()
    {
        using FakeVenue venue = new();
        ManualTime time = new();
        RecordingSink sink = new();
        CoinbaseFeedOptions options = venue.Options with
        {
            Source = CoinbaseFeedSource.ExchangeMatches, Time = time, HeartbeatTimeout = TimeSpan.FromSeconds(5),
        };
        using CoinbaseFeed feed = new(options, Captures.PairsOf("BTC-USD", "ETH-USD"), sink);
        feed.Start();
        VenueClient client = venue.Next();
        client.SendText(VenueMessages.Match("last_match", "BTC-USD", 10));
        client.SendText(VenueMessages.Match("last_match", "ETH-USD", 70));
        string[] said = ["bad 0", "bad 1", "tick 0 #10", "good 0", "tick 1 #70", "good 1"];
        sink.Expect(said);
        time.Advance(TimeSpan.FromSeconds(4));
        Beat("BTC-USD", 10);
        time.Advance(TimeSpan.FromSeconds(2));
        sink.Expect([.. said, "bad 1"]);
        Beat("ETH-USD", 71);                                                // whose match is on the way
        client.SendText(VenueMessages.Match("match", "ETH-USD", 71));
        sink.Expect([.. said, "bad 1", "tick 1 #71", "good 1"]);
        time.Advance(TimeSpan.FromSeconds(4));
        sink.Expect([.. said, "bad 1", "tick 1 #71", "good 1", "bad 0"]);
        Beat("BTC-USD", 10);
        sink.Expect([.. said, "bad 1", "tick 1 #71", "good 1", "bad 0", "good 0"]);
        Assert.Equal(0, feed.Readings.Reconnects);

        void Beat(string product, long lastTradeId)
        {
            client.SendText(VenueMessages.ProductHeartbeat(product, lastTradeId));
            int index = product == "BTC-USD" ? 0 : 1;
            RecordingSink.Until(() => feed.AgeOf(index) == TimeSpan.Zero, "the heartbeat");
        }
    }

    [Fact]
    public void The_exchange_feed_is_asked_for_the_books_that_pairs_trade_in()
    {
        using FakeVenue venue = new();
        RecordingSink sink = new();
        CoinbaseFeedOptions options = venue.Options with { Source = CoinbaseFeedSource.ExchangeMatches };
        using CoinbaseFeed feed = new(options, Captures.PairsOf("BTC-USDC", "USDT-USDC"), sink);
        feed.Start();
        VenueClient client = venue.Next();
        Assert.Equal(
            """{"type":"subscribe","product_ids":["BTC-USD","USDT-USDC"],"channels":["heartbeat","matches"]}""",
            client.Receive().Payload);
        client.SendText(VenueMessages.Match("last_match", "BTC-USD", 10));
        sink.Expect("bad 0", "bad 1", "tick 0 #10", "good 0");
    }

    [Fact]
    public void A_product_that_the_exchange_feed_does_not_know_costs_no_other_its_price()
    {
        const string All =
            """{"type":"subscribe","product_ids":["A-USD","B-USD","C-USD"],"channels":["heartbeat","matches"]}""";
        using FakeVenue venue = new();
        RecordingSink sink = new();
        CoinbaseFeedOptions options = venue.Options with { Source = CoinbaseFeedSource.ExchangeMatches };
        using CoinbaseFeed feed = new(options, Captures.PairsOf("A-USD", "B-USD", "C-USD"), sink);
        feed.Start();
        VenueClient client = venue.Next();
        Assert.Equal(All, client.Receive().Payload);
        client.SendText(Refusal("C-USD"));
        Assert.Equal(
            """{"type":"subscribe","product_ids":["A-USD","B-USD"],"channels":["heartbeat","matches"]}""",
            client.Receive().Payload);
        client.SendText(Refusal("C-USD"));      // nothing new, and no product of ours
        client.SendText(Refusal("X-USD"));
        client.SendText(Refusal("A-USD"));
        Assert.Equal(
            """{"type":"subscribe","product_ids":["B-USD"],"channels":["heartbeat","matches"]}""",
            client.Receive().Payload);
        client.SendText(VenueMessages.Match("last_match", "B-USD", 10));
        sink.Expect("bad 0", "bad 1", "bad 2", "tick 1 #10", "good 1");
        Assert.Equal("Failed to subscribe: A-USD is not a valid product", feed.Readings.LastError);
        client.Break();
        Assert.Equal(All, venue.Next().Receive().Payload);

        static string Refusal(string product) =>
            $$"""{"type":"error","message":"Failed to subscribe","reason":"{{product}} is not a valid product"}""";
    }

    [Fact]
    public void A_pair_in_usdc_is_served_under_the_name_of_its_usd_book()
    {
        using FakeVenue venue = new();
        RecordingSink sink = new();
        using CoinbaseFeed feed = new(
            venue.Options with { WatchesStatus = false },
            Captures.PairsOf("BTC-USDC", "USDT-USDC"), sink);
        feed.Start();
        VenueClient client = venue.Next();
        _ = client.Receive();
        Assert.Contains("\"BTC-USDC\"", client.Receive().Payload, StringComparison.Ordinal);
        client.SendText(VenueMessages.Trades(0, "snapshot", "BTC-USD", 1));
        client.SendText(VenueMessages.Trades(1, "snapshot", "USDT-USD", 1));
        client.SendText(VenueMessages.Trades(2, "snapshot", "USDT-USDC", 2));
        sink.Expect("bad 0", "bad 1", "tick 0 #1", "good 0", "tick 1 #2", "good 1");
        Assert.Equal(1, feed.Readings.Counts[FeedCount.ForeignRows]);
    }

    [Fact]
    public void Waits_double_up_to_the_longest_and_are_drawn_from_0_on()
    {
        LargestJitter random = new();
        Backoff backoff = new(TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(30), random);
        Assert.Equal(
            [250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000],
            Enumerable.Range(0, 9).Select(_ => (int)backoff.Next().TotalMilliseconds));
        backoff.Reset();
        Assert.Equal(250, backoff.Next().TotalMilliseconds);
        TimeSpan second = TimeSpan.FromSeconds(1);
        Assert.Equal(TimeSpan.Zero, new Backoff(second, second, new NoJitter()).Next());
    }

    [Fact]
    public void No_second_sees_more_than_eight_connections()
    {
        ManualTime time = new();
        ConnectionPacer pacer = new();
        List<TimeSpan> starts = [];
        TimeSpan now = TimeSpan.Zero;
        for (int i = 0; i < 50; i++)
        {
            starts.Add(now + pacer.Take(time));
            TimeSpan step = TimeSpan.FromMilliseconds(i % 7 * 10);
            time.Advance(step);
            now += step;
        }

        Assert.All(
            starts, begin => Assert.InRange(
                starts.Count(start => start >= begin && start < begin + TimeSpan.FromSeconds(1)), 1, 8));
    }

    [Fact]
    public void Trades_are_handed_on_in_order_whatever_order_the_venue_chose()
    {
        int seed = Random.Shared.Next();
        Random random = new(seed);
        PairSetup[] pairs = Captures.PairsOf("A-USD", "B-USD", "C-USD");
        ProductTable products = new(pairs);
        RecordingSink sink = new();
        FeedCounters counters = new();
        TickGate gate = new(products, new ProductHealth(products, sink), sink, counters);
        long[] sent = new long[3];
        for (int message = 0; message < 200; message++)
        {
            List<TradeRow> rows = [];
            for (int n = random.Next(1, 12); n > 0; n--)
            {
                int product = random.Next(3);
                rows.Add(new TradeRow { Product = product, TradeId = ++sent[product], Price = 1, Quantity = 1 });
                rows.Add(rows[random.Next(rows.Count)]);
            }

            TradeRow[] shuffled = [.. rows];
            random.Shuffle(shuffled);
            gate.Take(shuffled, now: 1);
        }

        foreach (PairSetup pair in pairs)
        {
            // Its first message came as an update, so even there nothing is left out.
            Assert.True(
                sink.Ticks.Where(tick => tick.Product == pair.Index).Select(tick => tick.TradeKey)
                    .SequenceEqual(Enumerable.Range(1, (int)sent[pair.Index]).Select(id => (long)id)),
                $"seed {seed}");
        }

        Assert.Equal(0, counters[FeedCount.LostTrades]);
    }

    private sealed class LargestJitter : Random
    {
        public override long NextInt64(long maxValue) => maxValue - 1;
    }

    private sealed class ThrowingSink(bool throwsAtTick) : IMarketSink
    {
        public void OnTick(in MarketTick tick) => throw new InvalidOperationException("the sink is closed");

        public void OnFeedState(int product, HealthFlag flag, bool isBad)
        {
            if (!throwsAtTick)
            {
                throw new InvalidOperationException("the sink is closed");
            }
        }
    }
}
