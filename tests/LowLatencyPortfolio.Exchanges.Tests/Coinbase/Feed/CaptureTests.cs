using System.Globalization;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Feed;

public sealed class CaptureTests
{
    [Theory]
    [InlineData("BTC-USD", 147)]
    [InlineData("ETH-USD", 132)]
    public void The_captured_market_trades_are_the_trades_of_the_tick_files(string product, int count)
    {
        PairSetup[] pairs = Captures.PairsOf("BTC-USD", "ETH-USD");
        ProductTable products = new(pairs);
        FeedFrame frame = new(products.Count);
        AdvancedTradeParser parser = new(products);
        int index = Array.FindIndex(pairs, pair => pair.ProductId == product);
        List<string> rows = [];
        foreach (byte[] message in Captures.AdvancedTrade)
        {
            parser.Parse(message, frame);
            Assert.Equal(FrameFault.None, frame.Fault);
            List<TradeRow> trades = frame.Kind == FeedMessageKind.Trades ? [.. frame.Trades] : [];
            rows.AddRange(trades.AsEnumerable().Reverse().Where(row => row.Product == index)
                .Select(row => Say(pairs[index], row.TimeNs, row.Price, row.Quantity, row.TradeId)));
        }

        Assert.Equal(count, rows.Count);
        Assert.Equal(Captures.TradesOf(product).Select(Normal), rows);
    }

    [Fact]
    public void The_capture_gives_a_feed_its_price_and_then_each_trade_once_and_in_order()
    {
        using FakeVenue venue = new();
        RecordingSink sink = new();
        PairSetup[] pairs = Captures.PairsOf("BTC-USD", "ETH-USD");
        using CoinbaseFeed feed = new(venue.Options, pairs, sink);
        feed.Start();
        VenueClient client = venue.Next();
        foreach (byte[] message in Captures.AdvancedTrade)
        {
            client.SendText(message);
        }

        RecordingSink.Until(() => feed.Readings.Messages.Values.Sum() == 1030, "all messages");
        Assert.Equal(0, feed.Readings.Malformed.Values.Sum());
        Assert.Equal(0, feed.Readings.Counts[FeedCount.Gaps]);
        Assert.Equal(0, feed.Readings.Counts[FeedCount.LostTrades]);
        Assert.Equal(2 * 99, feed.Readings.Counts[FeedCount.OlderTrades]);
        foreach (PairSetup pair in pairs)
        {
            Assert.Equal(
                Captures.TradesOf(pair.ProductId).Select(Normal).Skip(99),
                sink.Ticks.Where(tick => tick.Product == pair.Index)
                    .Select(tick => Say(pair, tick.TimeNs, tick.Price, tick.Quantity, tick.TradeKey)));
        }
    }

    [Fact]
    public void The_captured_matches_are_handed_on_without_a_hole()
    {
        using FakeVenue venue = new();
        RecordingSink sink = new();
        PairSetup[] pairs = Captures.PairsOf(Captures.ExchangeProducts);
        CoinbaseFeedOptions options = venue.Options with { Source = CoinbaseFeedSource.ExchangeMatches };
        using CoinbaseFeed feed = new(options, pairs, sink);
        feed.Start();
        VenueClient client = venue.Next();
        foreach (byte[] message in Captures.Exchange)
        {
            client.SendText(message);
        }

        RecordingSink.Until(() => feed.Readings.Messages.Values.Sum() == Captures.Exchange.Length, "all messages");
        Assert.Equal(107, sink.Ticks.Length);
        Assert.Equal(0, feed.Readings.Malformed.Values.Sum());
        Assert.Equal(0, feed.Readings.Counts[FeedCount.LostTrades]);
        Assert.All(pairs, pair => Assert.False(feed.IsBad(pair.Index)));
        foreach (IGrouping<int, MarketTick> ticks in sink.Ticks.GroupBy(tick => tick.Product))
        {
            Assert.Equal(
                Enumerable.Range(0, ticks.Count()).Select(i => ticks.First().TradeKey + i),
                ticks.Select(tick => tick.TradeKey));
        }
    }

    private static string Say(PairSetup pair, long timeNs, long price, long quantity, long tradeId) => string.Create(
        CultureInfo.InvariantCulture,
        $"{timeNs} {pair.Product.PriceOf(price):0.########} {pair.Product.QuantityOf(quantity):0.########} {tradeId}");

    /// <summary>A row of the file, <c>time,price,size,side,trade_id</c>, in the same words.</summary>
    private static string Normal(string row)
    {
        string[] fields = row.Split(',');
        DateTime time = DateTime.Parse(fields[0], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
        long timeNs = (time - DateTime.UnixEpoch).Ticks * 100;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{timeNs} {Decimal(fields[1]):0.########} {Decimal(fields[2]):0.########} {fields[4]}");
    }

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
