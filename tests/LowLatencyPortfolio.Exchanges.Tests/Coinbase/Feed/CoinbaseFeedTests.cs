using System.Text;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Feed;

/// <summary>A feed against a server on a real socket, one fault at a time.</summary>
public sealed class CoinbaseFeedTests : IDisposable
{
    private readonly RecordingSink _sink = new();
    private readonly List<IDisposable> _toDispose = [];
    private FakeVenue? _venue;

    public void Dispose()
    {
        foreach (IDisposable item in Enumerable.Reverse(_toDispose))
        {
            item.Dispose();
        }
    }

    [Theory]
    [InlineData(FeedReceiveMode.Blocking)]
    [InlineData(FeedReceiveMode.BusyPoll)]
    public void Trades_are_handed_on_oldest_first_and_of_the_first_snapshot_only_the_newest(FeedReceiveMode mode)
    {
        VenueClient client = Connect(out CoinbaseFeed feed, options => options with { ReceiveMode = mode });
        client.SendText(VenueMessages.Trades(0, "snapshot", "BTC-USD", 12, 11, 10));
        client.SendText(VenueMessages.Trades(1, "update", "BTC-USD", 15, 14, 13));
        _sink.Expect("bad 0", "bad 1", "tick 0 #12", "good 0", "tick 0 #13", "tick 0 #14", "tick 0 #15");
        Assert.False(feed.IsBad(0));
        Assert.True(feed.IsBad(1));
        Assert.NotNull(feed.AgeOf(0));
        Assert.Null(feed.AgeOf(1));
        MarketTick last = _sink.Ticks[^1];
        Assert.Equal((100_15000000L, 50000000L), (last.Price, last.Quantity));
        Assert.Equal(2, Count(feed, FeedCount.OlderTrades));
        feed.Stop();
        _sink.Expect(
            "bad 0", "bad 1", "tick 0 #12", "good 0", "tick 0 #13", "tick 0 #14", "tick 0 #15", "bad 0");
    }

    [Fact]
    public void Each_channel_is_subscribed_by_a_message_with_a_fresh_token()
    {
        int tokens = 0;
        VenueClient client = Connect(
            out _, options => options with { TickerPrices = true, Token = () => $"token{++tokens}" },
            readsSubscriptions: 0);
        Assert.Equal(
            [
                """{"type":"subscribe","channel":"heartbeats","jwt":"token1"}""",
                """{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channel":"market_trades","jwt":"token2"}""",
                """{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channel":"ticker","jwt":"token3"}""",
                """{"type":"subscribe","product_ids":["BTC-USD","ETH-USD"],"channel":"status","jwt":"token4"}""",
            ],
            Enumerable.Range(0, 4).Select(_ => client.Receive().Payload));
        Assert.DoesNotContain(
            client.Request, line => line.StartsWith("x-cb-retry", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_gap_makes_all_products_bad_and_the_next_snapshot_brings_what_was_missed_once()
    {
        VenueClient client = Connect(out CoinbaseFeed feed, options => options);
        client.SendText(VenueMessages.Trades(0, "snapshot", "BTC-USD", 10));
        client.SendText(VenueMessages.Trades(1, "snapshot", "ETH-USD", 90));
        client.SendText(VenueMessages.Trades(3, "update", "BTC-USD", 12));
        client = Reconnect(feed, FeedEnd.Gap);
        Assert.Contains("x-cb-retry-counter: 1", client.Request);
        client.SendText(VenueMessages.Trades(0, "snapshot", "BTC-USD", 12, 11, 10, 9));
        client.SendText(VenueMessages.Trades(1, "snapshot", "ETH-USD", 90, 89));
        client.SendText(VenueMessages.Trades(2, "update", "BTC-USD", 13));
        _sink.Expect(
            "bad 0", "bad 1", "tick 0 #10", "good 0", "tick 1 #90", "good 1",
            "bad 0", "bad 1", "tick 0 #11", "tick 0 #12", "good 0", "good 1", "tick 0 #13");
        Assert.Equal(1, Count(feed, FeedCount.Gaps));
        Assert.Equal(2, Count(feed, FeedCount.RecoveredTrades));
        Assert.Equal(4, Count(feed, FeedCount.RepeatedTrades));
        Assert.Equal(0, Count(feed, FeedCount.LostTrades));
        Assert.Equal(1, feed.Readings.Reconnects);
    }

    [Fact]
    public void A_message_with_a_number_that_has_passed_is_ignored()
    {
        VenueClient client = Connect(out CoinbaseFeed feed, options => options);
        client.SendText(VenueMessages.Trades(5, "snapshot", "BTC-USD", 10));
        client.SendText(VenueMessages.Trades(5, "update", "BTC-USD", 77));
        client.SendText(VenueMessages.Trades(6, "update", "BTC-USD", 11));
        _sink.Expect("bad 0", "bad 1", "tick 0 #10", "good 0", "tick 0 #11");
        Assert.Equal(1, Count(feed, FeedCount.OutOfOrder));
    }

    [Fact]
    public void Trades_that_the_venue_never_sends_are_known_to_the_trade()
    {
        VenueClient client = Connect(out CoinbaseFeed feed, options => options);
        client.SendText(VenueMessages.Trades(0, "snapshot", "BTC-USD", 10));
        client.SendText(VenueMessages.Trades(1, "update", "BTC-USD", 15));
        _sink.Expect("bad 0", "bad 1", "tick 0 #10", "good 0", "bad 0", "tick 0 #15", "good 0");
        Assert.Equal(4, Count(feed, FeedCount.LostTrades));
    }

    [Fact]
    public void Silence_of_the_heartbeats_ends_the_connection_although_other_messages_come()
    {
        ManualTime time = new();
        VenueClient client = Connect(
            out CoinbaseFeed feed,
            options => options with { Time = time, HeartbeatTimeout = TimeSpan.FromSeconds(5) });
        client.SendText(VenueMessages.Trades(0, "snapshot", "BTC-USD", 10));
        _sink.Expect("bad 0", "bad 1", "tick 0 #10", "good 0");
        time.Advance(TimeSpan.FromSeconds(4));
        client.SendText(VenueMessages.Heartbeat(1));
        RecordingSink.Until(() => feed.Readings.Messages[FeedMessageKind.Heartbeat] == 1, "the heartbeat");
        time.Advance(TimeSpan.FromSeconds(4));
        client.SendText(VenueMessages.Trades(2, "update", "BTC-USD", 11));
        _sink.Expect("bad 0", "bad 1", "tick 0 #10", "good 0", "tick 0 #11");
        time.Advance(TimeSpan.FromSeconds(2));
        client = Reconnect(feed, FeedEnd.Stalled);
        client.SendText(VenueMessages.Trades(0, "snapshot", "BTC-USD", 11));
        _sink.Expect("bad 0", "bad 1", "tick 0 #10", "good 0", "tick 0 #11", "bad 0", "good 0");
    }

    [Fact]
    public void A_subscription_that_brings_no_trades_is_given_up()
    {
        ManualTime time = new();
        VenueClient client = Connect(
            out CoinbaseFeed feed, options => options with { Time = time, SubscribeTimeout = TimeSpan.FromSeconds(10) });
        for (int second = 0; second < 11; second++)
        {
            RecordingSink.Until(() => feed.Readings.Messages[FeedMessageKind.Heartbeat] == second, "the heartbeat");
            time.Advance(TimeSpan.FromSeconds(1));
            client.SendText(VenueMessages.Heartbeat(second));
        }

        // The feed may have read its clock for the subscription after the first of these seconds had passed.
        time.Advance(TimeSpan.FromSeconds(1));
        _ = Reconnect(feed, FeedEnd.NotSubscribed);
        Assert.Equal(["bad 0", "bad 1"], _sink.Said);
    }

    [Fact]
    public void A_product_of_which_nothing_is_heard_is_bad_by_itself_until_its_next_trade()
    {
        ManualTime time = new();
        VenueClient client = Connect(
            out _, options => options with { Time = time, ProductTimeout = TimeSpan.FromSeconds(60) });
        client.SendText(VenueMessages.Trades(0, "snapshot", "BTC-USD", 10));
        client.SendText(VenueMessages.Trades(1, "snapshot", "ETH-USD", 90));
        _sink.Expect("bad 0", "bad 1", "tick 0 #10", "good 0", "tick 1 #90", "good 1");
        time.Advance(TimeSpan.FromSeconds(59));
        client.SendText(VenueMessages.Trades(2, "update", "BTC-USD", 11));
        _sink.Expect("bad 0", "bad 1", "tick 0 #10", "good 0", "tick 1 #90", "good 1", "tick 0 #11");
        time.Advance(TimeSpan.FromSeconds(2));
        RecordingSink.Until(() => _sink.Said.Length == 8, "ETH-USD is silent");
        client.SendText(VenueMessages.Trades(3, "update", "ETH-USD", 91));
        _sink.Expect(
            "bad 0", "bad 1", "tick 0 #10", "good 0", "tick 1 #90", "good 1", "tick 0 #11",
            "bad 1", "tick 1 #91", "good 1");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_connection_that_ends_is_made_again(bool says)
    {
        VenueClient client = Connect(out CoinbaseFeed feed, options => options);
        client.SendText(VenueMessages.Trades(0, "snapshot", "BTC-USD", 10));
        _sink.Expect("bad 0", "bad 1", "tick 0 #10", "good 0");
        if (says)
        {
            client.Send(VenueClient.Frame(VenueClient.Close, [3, 0xe8]));
        }
        else
        {
            client.Break();
        }

        client = Reconnect(feed, FeedEnd.Closed);
        client.SendText(VenueMessages.Trades(0, "snapshot", "BTC-USD", 11, 10));
        _sink.Expect("bad 0", "bad 1", "tick 0 #10", "good 0", "bad 0", "tick 0 #11", "good 0");
    }

    [Fact]
    public void A_message_may_come_a_byte_at_a_time()
    {
        VenueClient client = Connect(out _, options => options);
        byte[] bytes =
        [
            .. VenueClient.TextFrame(VenueMessages.Trades(0, "snapshot", "BTC-USD", 10)),
            .. VenueClient.TextFrame(VenueMessages.Trades(1, "update", "BTC-USD", 11)),
        ];
        foreach (byte single in bytes)
        {
            client.Send([single]);
        }

        _sink.Expect("bad 0", "bad 1", "tick 0 #10", "good 0", "tick 0 #11");
    }

    [Fact]
    public void A_message_in_fragments_with_a_ping_between_them_is_read_and_the_ping_answered()
    {
        VenueClient client = Connect(out _, options => options);
        byte[] message = Encoding.UTF8.GetBytes(VenueMessages.Trades(0, "snapshot", "BTC-USD", 10));
        client.Send(VenueClient.Frame(VenueClient.Text, message[..7], isLast: false));
        client.Send(VenueClient.Frame(VenueClient.Ping, [1, 2, 3]));
        client.Send(VenueClient.Frame(0, message[7..90], isLast: false));
        client.Send(VenueClient.Frame(0, message[90..]));
        _sink.Expect("bad 0", "bad 1", "tick 0 #10", "good 0");
        Assert.Equal((VenueClient.Pong, "\u0001\u0002\u0003"), client.Receive());
    }

    [Fact]
    public void A_message_longer_than_the_bound_ends_the_connection_and_a_shorter_one_does_not()
    {
        VenueClient client = Connect(out CoinbaseFeed feed, options => options with { MaxMessageBytes = 200_000 });
        client.SendText(VenueMessages.Envelope("l2_data", 0, $"\"{new string('x', 190_000)}\""));
        client.SendText(VenueMessages.Trades(1, "snapshot", "BTC-USD", 10));
        _sink.Expect("bad 0", "bad 1", "tick 0 #10", "good 0");
        try
        {
            client.SendText(VenueMessages.Envelope("l2_data", 2, $"\"{new string('x', 9_000_000)}\""));
        }
        catch (IOException)
        {
            // The feed hung up before it had all of it.
        }

        _ = Reconnect(feed, FeedEnd.Malformed);
        Assert.Equal(1, feed.Readings.Malformed[FrameFault.TooLong]);
    }

    [Fact]
    public void What_may_have_been_trades_and_cannot_be_read_counts_as_a_gap()
    {
        VenueClient client = Connect(out CoinbaseFeed feed, options => options);
        client.SendText(VenueMessages.Trades(0, "snapshot", "BTC-USD", 10));
        string broken = VenueMessages.Trades(1, "update", "BTC-USD", 12, 11);
        client.SendText(broken.Replace("\"0.5\"", "\"1e5\"", StringComparison.Ordinal));
        client = Reconnect(feed, FeedEnd.Malformed);
        client.SendText(VenueMessages.Trades(0, "snapshot", "BTC-USD", 12, 11, 10));
        _sink.Expect(
            "bad 0", "bad 1", "tick 0 #10", "good 0", "bad 0", "tick 0 #11", "tick 0 #12", "good 0");
        Assert.Equal(1, feed.Readings.Malformed[FrameFault.BadNumber]);
    }

    [Fact]
    public void What_was_no_trade_and_cannot_be_read_is_only_counted()
    {
        VenueClient client = Connect(out CoinbaseFeed feed, options => options);
        client.SendText(VenueMessages.Trades(0, "snapshot", "BTC-USD", 10));
        client.SendText("""{"channel":"status","sequence_num":1,"events":{}}""");
        client.SendText("""{"channel":"candles","sequence_num":2,"events":{}}""");
        client.SendText(VenueMessages.Trades(3, "update", "BTC-USD", 11));
        _sink.Expect("bad 0", "bad 1", "tick 0 #10", "good 0", "tick 0 #11");
        Assert.Equal(1, feed.Readings.Malformed[FrameFault.WrongType]);
        Assert.Equal(1, feed.Readings.Messages[FeedMessageKind.Unknown]);
        Assert.Equal(0, feed.Readings.Reconnects);
    }

    [Fact]
    public void A_price_off_the_ring_s_unit_is_refused_and_its_product_bad_until_the_next_one()
    {
        VenueClient client = Connect(out CoinbaseFeed feed, options => options);
        client.SendText(VenueMessages.Trades(0, "snapshot", "BTC-USD", 10));
        client.SendText(VenueMessages.Trades(1, "snapshot", "ETH-USD", 90));
        string finer = VenueMessages.Trades(2, "update", "BTC-USD", 11);
        client.SendText(finer.Replace("100.11", "100.1100000001", StringComparison.Ordinal));
        client.SendText(VenueMessages.Trades(3, "update", "BTC-USD", 12));
        _sink.Expect(
            "bad 0", "bad 1", "tick 0 #10", "good 0", "tick 1 #90", "good 1", "bad 0", "tick 0 #12", "good 0");
        Assert.Equal(1, Count(feed, FeedCount.RefusedTrades));
    }

    [Fact]
    public void A_refused_upgrade_is_told_and_tried_again()
    {
        FakeVenue venue = new(certificate: null, "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n");
        _toDispose.Add(venue);
        CoinbaseFeed feed = Start(venue, options => options);
        VenueClient client = venue.Next();
        Assert.Contains("x-cb-retry-counter: 1", client.Request);
        Assert.Equal("the server refused the upgrade: HTTP/1.1 429 Too Many Requests", feed.Readings.LastError);
        Assert.Equal(1, feed.Readings.Ends[FeedEnd.NotConnected]);
    }

    [Fact]
    public void The_venue_s_refusal_is_kept_and_the_products_that_it_does_not_know_are_counted()
    {
        VenueClient client = Connect(out CoinbaseFeed feed, options => options);
        client.SendText("""{"type":"error","message":"authentication failure"}""");
        string acknowledged = """{"subscriptions":{"market_trades":["BTC-USD"]}}""";
        client.SendText(VenueMessages.Envelope("subscriptions", 0, acknowledged));
        RecordingSink.Until(() => Count(feed, FeedCount.UnacknowledgedProducts) == 1, "ETH-USD is missing");
        Assert.Equal("authentication failure", feed.Readings.LastError);
    }

    [Fact]
    public void A_change_of_a_product_is_told_once()
    {
        List<ProductStatus> told = [];
        VenueClient client = Connect(out _, options => options, feed => feed.ProductChanged += told.Add);
        string online = """{"type":"snapshot","products":[{"id":"BTC-USD","base_increment":"0.00000001","""
            + "\"quote_increment\":\"0.01\",\"status\":\"online\",\"status_message\":\"\","
            + "\"min_market_funds\":\"1\"}]}";
        string delisted = online.Replace("online", "delisted", StringComparison.Ordinal);
        client.SendText(VenueMessages.Envelope("status", 0, online));
        client.SendText(VenueMessages.Envelope("status", 1, online));
        client.SendText(VenueMessages.Envelope("status", 2, delisted));
        client.SendText(VenueMessages.Trades(3, "snapshot", "BTC-USD", 10));
        _sink.Expect("bad 0", "bad 1", "tick 0 #10", "good 0");
        Assert.Equal(
            [
                new ProductStatus(0, "online", "", 0.01m, 0.00000001m, 1m),
                new ProductStatus(0, "delisted", "", 0.01m, 0.00000001m, 1m),
            ],
            told);
        Assert.True(told[0].IsOnline);
        Assert.False(told[1].IsOnline);
    }

    [Fact]
    public void Ticker_prices_are_handed_on_when_asked_for_but_not_those_of_the_snapshot()
    {
        VenueClient client = Connect(
            out _, options => options with { TickerPrices = true }, readsSubscriptions: 4);
        string ticker = """{"type":"update","tickers":[{"type":"ticker","product_id":"BTC-USD","price":"101.5"}]}""";
        client.SendText(VenueMessages.Trades(0, "snapshot", "BTC-USD", 10));
        string snapshot = ticker.Replace("update", "snapshot", StringComparison.Ordinal);
        client.SendText(VenueMessages.Envelope("ticker", 1, snapshot));
        client.SendText(VenueMessages.Envelope("ticker", 2, ticker));
        _sink.Expect("bad 0", "bad 1", "tick 0 #10", "good 0", "tick 0 #0");
        Assert.Equal((101_50000000L, 0L), (_sink.Ticks[^1].Price, _sink.Ticks[^1].Quantity));
    }

    private static long Count(CoinbaseFeed feed, FeedCount what) => feed.Readings.Counts[what];

    private VenueClient Connect(
        out CoinbaseFeed feed, Func<CoinbaseFeedOptions, CoinbaseFeedOptions> change,
        Action<CoinbaseFeed>? before = null, int readsSubscriptions = 3)
    {
        FakeVenue venue = new();
        _toDispose.Add(venue);
        _venue = venue;
        feed = Start(venue, change, before);
        VenueClient client = venue.Next();
        for (int i = 0; i < readsSubscriptions; i++)
        {
            Assert.Equal(VenueClient.Text, client.Receive().Opcode);
        }

        return client;
    }

    private CoinbaseFeed Start(
        FakeVenue venue, Func<CoinbaseFeedOptions, CoinbaseFeedOptions> change, Action<CoinbaseFeed>? before = null)
    {
        CoinbaseFeed feed = new(
            change(venue.Options),
            Captures.PairsOf("BTC-USD", "ETH-USD"), _sink);
        _toDispose.Add(feed);
        before?.Invoke(feed);
        feed.Start();
        return feed;
    }

    private VenueClient Reconnect(CoinbaseFeed feed, FeedEnd reason)
    {
        VenueClient client = _venue!.Next();
        Assert.Equal(1, feed.Readings.Ends[reason]);
        return client;
    }
}
