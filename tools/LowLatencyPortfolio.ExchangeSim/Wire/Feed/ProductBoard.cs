namespace LowLatencyPortfolio.ExchangeSim.Wire.Feed;

/// <summary>What the public channels say of one product.</summary>
/// <param name="product">As it is now.</param>
/// <param name="bookLevels">On each side.</param>
/// <remarks>Thread: under the hub's lock.</remarks>
internal sealed class ProductBoard(Product product, int bookLevels)
{
    private const int RecentTrades = 100;
    private const int KeptCandles = 350;
    private const long BucketSeconds = 300;
    private const int EventsPerTrade = 3;

    private readonly Queue<TradePrint> _recent = new();
    private readonly DayRange _day = new();
    private readonly LinkedList<Candle> _candles = new();
    private readonly List<TradePrint> _pending = [];
    private TradePrint _newest;

    /// <summary>As it is now.</summary>
    public Product Product { get; set; } = product;

    /// <summary>The tape's newest word; null before the first trade.</summary>
    public MarketView? Market { get; private set; }

    /// <summary>Lowest and highest price since the start, which is all that a tape can say of 52 weeks.</summary>
    public (decimal Low, decimal High) Year { get; private set; } = (decimal.MaxValue, 0);

    /// <summary>The newest trade; null before the first.</summary>
    public TradePrint? Newest => _recent.Count > 0 ? _newest : null;

    /// <summary>
    /// Number of everything that happened to the product's book: an order is received, matched, and done, so that a
    /// trade's own number is one less than the newest, and the numbers of two trades are never neighbours.
    /// </summary>
    public long Sequence { get; private set; }

    /// <summary>The book.</summary>
    public MadeBook Book { get; } = new(bookLevels, product.PriceIncrement);

    /// <summary>Newest first, at most 100.</summary>
    public IEnumerable<TradePrint> Recent => _recent.Reverse();

    /// <summary>Newest first, at most 350.</summary>
    public IEnumerable<Candle> Candles => _candles;

    /// <summary>How many of the newest candles changed since the last beat.</summary>
    public int CandlesChanged { get; set; }

    /// <summary>A trade came since the last ticker batch.</summary>
    public bool TickerChanged { get; set; }

    /// <summary>Takes a trade in.</summary>
    /// <param name="trade">The trade.</param>
    public void Apply(in TradePrint trade)
    {
        _day.Add(trade);
        decimal increment = Product.PriceIncrement;
        Market = new MarketView(
            Product.Id, trade.Price, Math.Max(increment, trade.Price - increment), trade.Price + increment, trade.Size,
            _day.Volume, _day.Low, _day.High, _day.Open, trade.TradeId, trade.TimeNs);
        Year = (Math.Min(Year.Low, trade.Price), Math.Max(Year.High, trade.Price));
        _newest = trade;
        Sequence += EventsPerTrade;
        _recent.Enqueue(trade);
        if (_recent.Count > RecentTrades)
        {
            _recent.Dequeue();
        }

        _pending.Add(trade);
        AddToCandle(trade);
        TickerChanged = true;
    }

    /// <summary>Brings the book up to the newest trade; until somebody asks for it, it stays behind.</summary>
    /// <returns>The levels that changed.</returns>
    public List<BookLevel> MoveBook() => Market is { } market && _recent.Count > 0
        ? Book.MoveTo(market.BestBid, market.BestAsk, _newest)
        : [];

    /// <summary>Takes the trades that wait for the next batch.</summary>
    /// <returns>Newest first; empty when there were none.</returns>
    public IReadOnlyList<TradePrint> DrainPending()
    {
        if (_pending.Count == 0)
        {
            return [];
        }

        _pending.Reverse();
        TradePrint[] taken = [.. _pending];
        _pending.Clear();
        return taken;
    }

    private void AddToCandle(in TradePrint trade)
    {
        long start = trade.TimeNs / VenueTime.SecondNs / BucketSeconds * BucketSeconds;
        if (_candles.First is { } newest && newest.Value.StartSeconds == start)
        {
            Candle candle = newest.Value;
            CandlesChanged = Math.Max(1, CandlesChanged);
            newest.Value = candle with
            {
                High = Math.Max(candle.High, trade.Price),
                Low = Math.Min(candle.Low, trade.Price),
                Close = trade.Price,
                Volume = candle.Volume + trade.Size,
            };
            return;
        }

        CandlesChanged++;
        _candles.AddFirst(new Candle(start, trade.Price, trade.Price, trade.Price, trade.Price, trade.Size));
        if (_candles.Count > KeptCandles)
        {
            _candles.RemoveLast();
        }
    }
}
