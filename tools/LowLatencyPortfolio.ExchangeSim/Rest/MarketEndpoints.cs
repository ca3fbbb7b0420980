using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>
/// Candles, trades and the book; the book is made from the last price, as <see cref="MarketView"/> says.
/// </summary>
internal static class MarketEndpoints
{
    private const int MaxCandles = 350;
    private const int MaxTrades = 1000;

    public static void Map(IEndpointRouteBuilder routes, Venue venue)
    {
        const string Prefix = BrokerageEndpoints.Prefix;
        foreach (string path in (string[])[Prefix, $"{Prefix}/market"])
        {
            routes.MapGet($"{path}/products/{{productId}}/candles", (string productId, HttpRequest request) =>
                Known(productId, venue, request, Candles));
            routes.MapGet($"{path}/products/{{productId}}/ticker", (string productId, HttpRequest request) =>
                Known(productId, venue, request, Trades));
            routes.MapGet($"{path}/product_book", (HttpRequest request) =>
                Known(request.One("product_id") ?? "", venue, request, Book));
        }

        routes.MapGet($"{Prefix}/best_bid_ask", (HttpRequest request) =>
            Answers.Ok(new { pricebooks = BestOf(request, venue) }));
    }

    private static IResult Known(
        string productId, Venue venue, HttpRequest request, Func<MarketView, Venue, HttpRequest, IResult> answer) =>
        venue.Market(productId) is { } market
            ? Bodies.Handler(r => answer(market, venue, r))(request)
            : Answers.NotFound($"valid product_id is required: {productId}");

    private static IResult Candles(MarketView market, Venue venue, HttpRequest request)
    {
        long bucket = Granularity(request.One("granularity"));
        int limit = request.Count("limit", MaxCandles, MaxCandles);
        long end = request.Seconds("end") ?? (venue.Clock.NowNs / VenueTime.SecondNs);
        long start = request.Seconds("start") ?? Math.Max(0, end - (bucket * limit));
        if ((end - start) / bucket > MaxCandles)
            throw new RequestFault($"number of candles requested should be less than {MaxCandles}");
        return Answers.Ok(new
        {
            candles = venue.Candles(market.ProductId, start, end, bucket).Take(limit).Select(candle => new
            {
                start = WireText.Number(candle.StartSeconds),
                low = WireText.Number(candle.Low),
                high = WireText.Number(candle.High),
                open = WireText.Number(candle.Open),
                close = WireText.Number(candle.Close),
                volume = WireText.Number(candle.Volume),
            }),
        });
    }

    private static long Granularity(string? text) => text switch
    {
        "ONE_MINUTE" => 60,
        "FIVE_MINUTE" => 300,
        "FIFTEEN_MINUTE" => 900,
        "THIRTY_MINUTE" => 1800,
        "ONE_HOUR" => 3600,
        "TWO_HOUR" => 7200,
        "FOUR_HOUR" => 14_400,
        "SIX_HOUR" => 21_600,
        "ONE_DAY" => 86_400,
        _ => throw new RequestFault($"invalid granularity: {text}"),
    };

    private static IResult Trades(MarketView market, Venue venue, HttpRequest request)
    {
        long start = request.Seconds("start") ?? 0;
        long end = request.Seconds("end") ?? long.MaxValue;
        var trades = venue.RecentTrades(market.ProductId, MaxTrades)
            .Where(trade => trade.TimeNs / VenueTime.SecondNs >= start && trade.TimeNs / VenueTime.SecondNs <= end)
            .Take(request.Count("limit", 100, MaxTrades));
        return Answers.Ok(new
        {
            trades = trades.Select(trade => new
            {
                trade_id = WireText.Number(trade.TradeId),
                product_id = market.ProductId,
                price = WireText.Number(trade.Price),
                size = WireText.Number(trade.Size),
                time = VenueTime.ToText(trade.TimeNs),
                side = WireText.Side(trade.MakerSide),
                exchange = "coinbase",
            }),
            best_bid = WireText.Number(market.BestBid),
            best_ask = WireText.Number(market.BestAsk),
        });
    }

    private static IResult Book(MarketView market, Venue venue, HttpRequest request)
    {
        decimal middle = (market.BestBid + market.BestAsk) / 2;
        decimal spread = market.BestAsk - market.BestBid;
        return Answers.Ok(new
        {
            pricebook = PriceBook(market, venue),
            last = WireText.Number(market.LastPrice ?? 0),
            mid_market = WireText.Number(middle),
            spread_bps = WireText.Number(middle == 0 ? 0 : Math.Round(spread / middle * 10_000, 8)),
            spread_absolute = WireText.Number(spread),
        });
    }

    private static IEnumerable<object> BestOf(HttpRequest request, Venue venue)
    {
        var ids = request.Many("product_ids");
        return venue.Products.Where(product => ids.Count == 0 || ids.Contains(product.Id))
            .Select(product => PriceBook(venue.Market(product.Id)!, venue));
    }

    private static object PriceBook(MarketView market, Venue venue) => new
    {
        product_id = market.ProductId,
        bids = Level(market, market.BestBid),
        asks = Level(market, market.BestAsk),
        time = VenueTime.ToText(venue.Clock.NowNs),
    };

    private static object[] Level(MarketView market, decimal price) => market.LastPrice is null
        ? []
        : [new { price = WireText.Number(price), size = WireText.Number(market.BestSize) }];
}
