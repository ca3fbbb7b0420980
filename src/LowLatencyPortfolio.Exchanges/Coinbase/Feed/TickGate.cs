namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>Hands trades on: oldest first, each once, and of a first snapshot only the newest.</summary>
/// <remarks>
/// Thread: the feed's. Allocation: none while the venue keeps its order. A message lists trades newest first. What a
/// snapshot after a reconnect holds beyond the last trade handed on is handed on too, so a short interruption loses
/// nothing; trade numbers are consecutive, so what is lost is known to the trade.
/// </remarks>
internal sealed class TickGate(ProductTable products, ProductHealth health, IMarketSink sink, FeedCounters counters)
{
    private readonly long[] _lastId = new long[products.Count];
    private readonly long[] _newestId = new long[products.Count];
    private readonly long[] _promisedId = new long[products.Count];

    /// <summary>Trades promised by heartbeats of the connection before say nothing any more.</summary>
    public void Disconnect() => Array.Clear(_promisedId);

    /// <summary>Hands on the trades of a message; their products are good again.</summary>
    public void Take(Span<TradeRow> rows, long now)
    {
        Order(rows);
        foreach (ref readonly TradeRow row in rows)
        {
            Take(in row);
        }

        foreach (ref readonly TradeRow row in rows)
        {
            health.Heard(row.Product, now);
            health.Clear(
                row.Product,
                ProductHealth.Reason.NotSynchronized | ProductHealth.Reason.Hole | ProductHealth.Reason.Silent);
        }
    }

    /// <summary>
    /// Notes that the tickers' products are alive; if wanted hands their prices on, without quantity.
    /// </summary>
    /// <remarks>
    /// A snapshot's price may be older than trades that were handed on (in a capture it was), so it never is.
    /// </remarks>
    public void TakeTickers(ReadOnlySpan<TradeRow> rows, long sentAtNs, bool handsOn, long now)
    {
        foreach (ref readonly TradeRow row in rows)
        {
            health.Heard(row.Product, now);
            health.Clear(row.Product, ProductHealth.Reason.Silent);
            if (row.Flaw != RowFlaw.None)
            {
                counters.Add(FeedCount.RefusedTrades);
            }
            else if (handsOn && !row.IsSnapshot && _lastId[row.Product] > 0)
            {
                MarketTick tick = new() { Product = row.Product, TimeNs = sentAtNs, Price = row.Price };
                sink.OnTick(in tick);
                counters.Add(FeedCount.Ticks);
            }
        }
    }

    /// <summary>
    /// A product's heartbeat names its newest trade, which must have come by the heartbeat after. A product that was
    /// silent is good again if no trade is missing.
    /// </summary>
    /// <returns>False when a trade that the last heartbeat named has not come.</returns>
    public bool TakeHeartbeat(int product, long lastTradeId, long now)
    {
        health.Heard(product, now);
        if (lastTradeId <= _lastId[product])
        {
            health.Clear(product, ProductHealth.Reason.Silent);
        }

        bool isMissing = _lastId[product] > 0 && _lastId[product] < _promisedId[product];
        _promisedId[product] = lastTradeId;
        return !isMissing;
    }

    private void Take(in TradeRow row)
    {
        ref long lastId = ref _lastId[row.Product];
        if (row.TradeId <= lastId)
        {
            counters.Add(FeedCount.RepeatedTrades);
            return;
        }

        if (lastId == 0 && row.IsSnapshot && row.TradeId != _newestId[row.Product])
        {
            counters.Add(FeedCount.OlderTrades);
            return;
        }

        if (lastId > 0 && row.TradeId > lastId + 1)
        {
            counters.Add(FeedCount.LostTrades, row.TradeId - lastId - 1);
            health.Set(row.Product, ProductHealth.Reason.Hole);
        }

        counters.Add(FeedCount.RecoveredTrades, lastId > 0 && row.IsSnapshot ? 1 : 0);
        lastId = row.TradeId;
        if (row.Flaw != RowFlaw.None)
        {
            counters.Add(FeedCount.RefusedTrades);
            health.Set(row.Product, ProductHealth.Reason.Unpriced);
            return;
        }

        MarketTick tick = new()
        {
            Product = row.Product,
            TimeNs = row.TimeNs,
            Price = row.Price,
            Quantity = row.Quantity,
            TradeKey = row.TradeId,
        };
        sink.OnTick(in tick);
        counters.Add(FeedCount.Ticks);
        health.Clear(row.Product, ProductHealth.Reason.Unpriced);
    }

    /// <summary>Brings each product's trades into ascending order and notes its newest.</summary>
    private void Order(Span<TradeRow> rows)
    {
        rows.Reverse();
        foreach (ref readonly TradeRow row in rows)
        {
            _newestId[row.Product] = 0;
        }

        bool isOrdered = true;
        foreach (ref readonly TradeRow row in rows)
        {
            isOrdered &= row.TradeId >= _newestId[row.Product];
            _newestId[row.Product] = Math.Max(_newestId[row.Product], row.TradeId);
        }

        if (!isOrdered)
        {
            rows.Sort(static (a, b) => a.Product != b.Product
                ? a.Product.CompareTo(b.Product)
                : a.TradeId.CompareTo(b.TradeId));
        }
    }
}
