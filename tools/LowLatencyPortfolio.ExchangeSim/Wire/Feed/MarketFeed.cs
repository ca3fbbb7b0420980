using LowLatencyPortfolio.ExchangeSim.Wire.Connection;
using LowLatencyPortfolio.ExchangeSim.Wire.Text;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Feed;

/// <summary>The public channels: what trades and product changes at the venue become on the wire.</summary>
/// <remarks>Thread: any; under the lock of the session list.</remarks>
internal sealed class MarketFeed : IDisposable
{
    private readonly SessionList _sessions;
    private readonly Venue _venue;
    private readonly WireSettings _settings;
    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly SortedDictionary<string, ProductBoard> _boards = new(StringComparer.Ordinal);
    private long _heartbeats;
    private long _beats;

    /// <summary>Follows a venue from now on.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="sessions">Whom it tells.</param>
    /// <param name="settings">Times and sizes.</param>
    /// <param name="time">Uptime in heartbeats.</param>
    public MarketFeed(Venue venue, SessionList sessions, WireSettings settings, TimeProvider time)
    {
        _venue = venue;
        _sessions = sessions;
        _settings = settings;
        _time = time;
        _startedAt = time.GetTimestamp();
        foreach (Product product in venue.Products)
        {
            _boards[product.Id] = new ProductBoard(product, settings.BookLevels);
        }

        venue.Traded += OnTraded;
        venue.ProductChanged += OnProductChanged;
    }

    /// <summary>Sends the trades that came since the last time.</summary>
    public void FlushTrades()
    {
        lock (_sessions.Lock)
        {
            foreach (ProductBoard board in _boards.Values)
            {
                Flush(board);
            }
        }
    }

    /// <summary>Heartbeats and candles; every few beats also <c>ticker_batch</c> and <c>status</c>.</summary>
    public void Beat()
    {
        long nowNs = _venue.Clock.NowNs;
        lock (_sessions.Lock)
        {
            byte[] beat = MarketText.Heartbeat(nowNs, _heartbeats++, _time.GetElapsedTime(_startedAt));
            _sessions.Send(Channels.Heartbeats, null, nowNs, () => beat);
            foreach (ProductBoard board in _boards.Values)
            {
                _sessions.Send(Channels.Heartbeat, board.Product.Id, nowNs, () => ExchangeText.Heartbeat(
                    board.Product.Id, board.Newest?.TradeId ?? 0, board.Sequence, nowNs));
            }

            foreach (ProductBoard board in _boards.Values.Where(board => board.CandlesChanged > 0))
            {
                int changed = board.CandlesChanged;
                board.CandlesChanged = 0;
                _sessions.Send(Channels.Candles, board.Product.Id, nowNs,
                    () => MarketText.Candles("update", board.Product.Id, board.Candles.Take(changed)));
            }

            if (++_beats % _settings.BeatsPerBatch == 0)
            {
                SendBatches(nowNs);
            }
        }
    }

    /// <summary>What a subscription means: known products only, under the names their data has. Unknown ones are passed
    /// over, as the venue does.</summary>
    /// <param name="channel">A public channel.</param>
    /// <param name="asked">As the client wrote them; empty for all.</param>
    /// <returns>May be empty.</returns>
    /// <remarks>Under the lock.</remarks>
    public SortedSet<string> Products(string channel, IReadOnlyList<string> asked)
    {
        IEnumerable<string> products = channel == Channels.Heartbeats ? [Channels.Heartbeats]
            : asked.Count == 0
                ? _boards.Values.Where(board => board.Product.AliasOf is null).Select(board => board.Product.Id)
                : asked.Select(ProductNames.ForMarketData).Where(_boards.ContainsKey);
        return new SortedSet<string>(products, StringComparer.Ordinal);
    }

    /// <summary>Whether a product has a book of its own, as the Exchange feed asks for.</summary>
    /// <param name="productId">As the client wrote it.</param>
    /// <returns>False: unknown, or another name of a pair against USD.</returns>
    /// <remarks>Under the lock.</remarks>
    public bool HasBook(string productId) =>
        _boards.TryGetValue(productId, out ProductBoard? board) && board.Product.AliasOf is null;

    /// <summary>Gives those who follow already what waits for them, before a snapshot tells a new subscriber the
    /// same.</summary>
    /// <param name="channel">Any channel.</param>
    /// <param name="products">Those that are about to be subscribed to.</param>
    /// <remarks>Under the lock.</remarks>
    public void BringUpToDate(string channel, SortedSet<string> products)
    {
        foreach (string id in products)
        {
            if (channel == Channels.MarketTrades)
            {
                Flush(_boards[id]);
            }
            else if (channel == Channels.Level2)
            {
                SendBook(_boards[id]);
            }
        }
    }

    /// <summary>Sends what a new subscriber begins with.</summary>
    /// <param name="session">The subscriber.</param>
    /// <param name="channel">A public channel of either feed.</param>
    /// <param name="products">Those it has just subscribed to.</param>
    /// <remarks>Under the lock.</remarks>
    public void SendSnapshots(WireSession session, string channel, SortedSet<string> products)
    {
        long nowNs = _venue.Clock.NowNs;
        if (channel == Channels.Status)
        {
            byte[] status = MarketText.Status("snapshot", Products(products));
            session.Post(new OutgoingMessage(channel, null, nowNs, status));
            return;
        }

        foreach (string id in products)
        {
            if (_boards.TryGetValue(id, out ProductBoard? board) && Snapshot(channel, board) is { } events)
            {
                session.Post(new OutgoingMessage(channel, id, nowNs, events));
            }
        }
    }

    private static byte[]? Snapshot(string channel, ProductBoard board)
    {
        string id = board.Product.Id;
        switch (channel)
        {
            case Channels.Ticker or Channels.TickerBatch when board.Market is { } market:
                return MarketText.Ticker("snapshot", market, board.Year, channel == Channels.Ticker);
            case Channels.MarketTrades:
                return MarketText.Trades("snapshot", board.Recent);
            case Channels.Matches when board.Newest is { } newest:
                return ExchangeText.Match("last_match", newest, board.Sequence - 1);
            case Channels.Candles:
                return MarketText.Candles("snapshot", id, board.Candles);
            case Channels.Level2:
                return MarketText.Book("snapshot", id, board.Book.Levels, 0);
            default:
                return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _venue.Traded -= OnTraded;
        _venue.ProductChanged -= OnProductChanged;
    }

    private void OnTraded(TradePrint trade)
    {
        lock (_sessions.Lock)
        {
            if (!_boards.TryGetValue(trade.ProductId, out ProductBoard? board))
            {
                return;
            }

            board.Apply(trade);
            _sessions.Send(Channels.Matches, trade.ProductId, trade.TimeNs,
                () => ExchangeText.Match("match", trade, board.Sequence - 1));
            _sessions.Send(Channels.Ticker, trade.ProductId, trade.TimeNs,
                () => MarketText.Ticker("update", board.Market!, board.Year, withBook: true));
            if (_sessions.HasSubscriber(Channels.Level2, trade.ProductId))
            {
                SendBook(board);
            }

            if (_settings.TradeBatch == TimeSpan.Zero)
            {
                Flush(board);
            }
        }
    }

    private void OnProductChanged(Product product)
    {
        lock (_sessions.Lock)
        {
            if (_boards.TryGetValue(product.Id, out ProductBoard? board))
            {
                board.Product = product;
            }
            else
            {
                _boards[product.Id] = new ProductBoard(product, _settings.BookLevels);
            }

            _sessions.Send(
                Channels.Status, product.Id, _venue.Clock.NowNs, () => MarketText.Status("update", [product]));
        }
    }

    private void SendBatches(long nowNs)
    {
        foreach (ProductBoard board in _boards.Values)
        {
            if (board.TickerChanged && board.Market is { } market)
            {
                board.TickerChanged = false;
                _sessions.Send(Channels.TickerBatch, board.Product.Id, nowNs,
                    () => MarketText.Ticker("update", market, board.Year, withBook: false));
            }
        }

        foreach (WireSession session in _sessions.All)
        {
            if (session.Subscriptions.TryGetValue(Channels.Status, out SortedSet<string>? products))
            {
                byte[] events = MarketText.Status("update", Products(products));
                session.Post(new OutgoingMessage(Channels.Status, null, nowNs, events));
            }
        }
    }

    private IEnumerable<Product> Products(SortedSet<string> ids) =>
        ids.Where(_boards.ContainsKey).Select(id => _boards[id].Product);

    private void SendBook(ProductBoard board)
    {
        if (board.MoveBook() is { Count: > 0 } changes)
        {
            string id = board.Product.Id;
            long atNs = board.Market!.LastTradeAtNs;
            _sessions.Send(Channels.Level2, id, atNs, () => MarketText.Book("update", id, changes, atNs));
        }
    }

    private void Flush(ProductBoard board)
    {
        IReadOnlyList<TradePrint> trades = board.DrainPending();
        if (trades.Count > 0)
        {
            _sessions.Send(Channels.MarketTrades, board.Product.Id, trades[0].TimeNs,
                () => MarketText.Trades("update", trades));
        }
    }
}
