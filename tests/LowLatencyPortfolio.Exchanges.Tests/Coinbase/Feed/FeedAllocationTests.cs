using LowLatencyPortfolio.Exchanges.Coinbase.Feed;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Feed;

public sealed class FeedAllocationTests
{
    private const int MessagesPerRound = 2_000;

    [Theory]
    [InlineData(FeedReceiveMode.Blocking, false)]
    [InlineData(FeedReceiveMode.BusyPoll, false)]
    [InlineData(FeedReceiveMode.Blocking, true)]
    public void A_message_through_a_real_socket_allocates_nothing_after_warm_up(FeedReceiveMode mode, bool isSecure)
    {
        long least = LeastAllocated(mode, isSecure, wastes: false, rounds: 40);
        Assert.Equal(0, least);
    }

    [Fact]
    public void A_match_of_the_exchange_feed_allocates_nothing_after_warm_up()
    {
        long least = LeastAllocated(
            FeedReceiveMode.Blocking, isSecure: false, wastes: false, rounds: 40, CoinbaseFeedSource.ExchangeMatches);
        Assert.Equal(0, least);
    }

    [Fact]
    public void The_meter_sees_a_byte_array_a_tick()
    {
        long least = LeastAllocated(FeedReceiveMode.Blocking, isSecure: false, wastes: true, rounds: 2);
        Assert.InRange(least, 16 * MessagesPerRound, 200 * MessagesPerRound);
    }

    /// <summary>
    /// The least that the feed's thread allocated in a round; the runtime compiles in the first ones.
    /// </summary>
    private static long LeastAllocated(
        FeedReceiveMode mode, bool isSecure, bool wastes, int rounds,
        CoinbaseFeedSource source = CoinbaseFeedSource.AdvancedTrade)
    {
        using TestCertificate? certificate = isSecure ? new TestCertificate() : null;
        using FakeVenue venue = new(certificate?.Certificate);
        MeteringSink sink = new(wastes);
        CoinbaseFeedOptions options = venue.Options with
        {
            ReceiveMode = mode, TrustedRoots = certificate?.Roots, Source = source,
            ProductTimeout = TimeSpan.FromSeconds(30),
        };
        using CoinbaseFeed feed = new(options, Captures.PairsOf("BTC-USD", "ETH-USD"), sink);
        feed.Start();
        VenueClient client = venue.Next();
        bool isExchange = source == CoinbaseFeedSource.ExchangeMatches;
        client.SendText(isExchange
            ? VenueMessages.Match("last_match", "BTC-USD", 1)
            : VenueMessages.Trades(0, "snapshot", "BTC-USD", 1));
        long least = long.MaxValue;
        long sequence = 1;
        for (int round = 0; round < rounds && least > 0; round++)
        {
            // The last tick of a round before is in hand when a round begins, so the feed's thread waits.
            RecordingSink.Until(() => sink.Ticks == sequence, "all ticks");
            long before = sink.Allocated;
            for (int i = 0; i < MessagesPerRound; i++)
            {
                client.SendText(isExchange
                    ? VenueMessages.Match("match", "BTC-USD", sequence + 1)
                    : VenueMessages.Trades(sequence, "update", "BTC-USD", sequence + 1));
                sequence++;
            }

            RecordingSink.Until(() => sink.Ticks == sequence, "all ticks");
            least = Math.Min(least, sink.Allocated - before);
        }

        return least;
    }

    /// <summary>Reads the meter of the feed's own thread at each tick.</summary>
    private sealed class MeteringSink(bool wastes) : IMarketSink
    {
        private long _allocated;
        private long _ticks;
        private byte[] _waste = [];

        public long Ticks => Volatile.Read(ref _ticks);

        public long Allocated => Volatile.Read(ref _allocated);

        public void OnTick(in MarketTick tick)
        {
            _waste = wastes ? new byte[16] : _waste;
            Volatile.Write(ref _allocated, GC.GetAllocatedBytesForCurrentThread());
            Volatile.Write(ref _ticks, _ticks + 1);
        }

        public void OnFeedState(int product, HealthFlag flag, bool isBad)
        {
        }
    }
}
