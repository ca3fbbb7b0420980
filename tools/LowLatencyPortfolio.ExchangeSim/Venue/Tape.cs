namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// What has traded: last price, recent prints and one-minute candles of each product. Not thread-safe.
/// </summary>
internal sealed class Tape
{
    private const int RecentLength = 1000;
    private const int MinuteLength = 60 * 24 * 400;
    private const long MinuteSeconds = 60;
    private readonly Dictionary<string, Series> _series = new(StringComparer.Ordinal);

    public decimal? LastPrice(string productId) =>
        _series.TryGetValue(productId, out var series) ? series.Last.Price : null;

    public void Add(in TradePrint print)
    {
        if (!_series.TryGetValue(print.ProductId, out var series))
            _series[print.ProductId] = series = new Series();
        series.Add(print);
    }

    /// <summary>Newest first, at most <paramref name="limit"/>.</summary>
    public IReadOnlyList<TradePrint> Recent(string productId, int limit) =>
        _series.TryGetValue(productId, out var series) ? [.. series.Recent.Reverse().Take(limit)] : [];

    /// <summary>Buckets that traded, newest first; <paramref name="bucketSeconds"/> is a multiple of 60.</summary>
    public IReadOnlyList<Candle> Candles(string productId, long startSeconds, long endSeconds, long bucketSeconds)
    {
        var result = new List<Candle>();
        if (!_series.TryGetValue(productId, out var series))
            return result;
        foreach (var minute in series.Minutes)
        {
            if (minute.StartSeconds < startSeconds || minute.StartSeconds > endSeconds)
                continue;
            long bucket = minute.StartSeconds - (minute.StartSeconds % bucketSeconds);
            if (result.Count > 0 && result[^1].StartSeconds == bucket)
                result[^1] = Joined(result[^1], minute);
            else
                result.Add(minute with { StartSeconds = bucket });
        }

        result.Reverse();
        return result;
    }

    public MarketView Market(Product product, string tapeId, long nowNs)
    {
        if (!_series.TryGetValue(tapeId, out var series))
            return new MarketView(product.Id, null, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        var last = series.Last;
        long dayAgo = (nowNs / VenueTime.SecondNs) - 86_400;
        decimal volume = 0, low = last.Price, high = last.Price, open = last.Price;
        for (int i = series.Minutes.Count - 1; i >= 0 && series.Minutes[i].StartSeconds >= dayAgo; i--)
        {
            var minute = series.Minutes[i];
            volume += minute.Volume;
            low = Math.Min(low, minute.Low);
            high = Math.Max(high, minute.High);
            open = minute.Open;
        }

        decimal bid = Math.Max(product.PriceIncrement, last.Price - product.PriceIncrement);
        return new MarketView(product.Id, last.Price, bid, last.Price + product.PriceIncrement, last.Size, volume,
            low, high, open, last.TradeId, last.TimeNs);
    }

    private static Candle Joined(Candle first, Candle second) => first with
    {
        High = Math.Max(first.High, second.High),
        Low = Math.Min(first.Low, second.Low),
        Close = second.Close,
        Volume = first.Volume + second.Volume,
    };

    private sealed class Series
    {
        public Queue<TradePrint> Recent { get; } = new();
        public List<Candle> Minutes { get; } = [];
        public TradePrint Last { get; private set; }

        public void Add(in TradePrint print)
        {
            Last = print;
            if (Recent.Count == RecentLength)
                Recent.Dequeue();
            Recent.Enqueue(print);
            long second = print.TimeNs / VenueTime.SecondNs;
            long start = second - (second % MinuteSeconds);
            var candle = new Candle(start, print.Price, print.Price, print.Price, print.Price, print.Size);
            if (Minutes.Count > 0 && Minutes[^1].StartSeconds >= candle.StartSeconds)
                Minutes[^1] = Joined(Minutes[^1], candle);
            else
                Minutes.Add(candle);
            if (Minutes.Count > MinuteLength)
                Minutes.RemoveRange(0, MinuteLength / 10);
        }
    }
}
