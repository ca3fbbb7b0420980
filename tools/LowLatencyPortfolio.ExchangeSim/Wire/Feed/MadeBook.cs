namespace LowLatencyPortfolio.ExchangeSim.Wire.Feed;

/// <summary>
/// A book around the last price, because a tape has none: every increment from the best bid down and from the best
/// ask up, deeper levels with more on them. The same price has the same quantity, so that little changes when the price
/// does; the level that was traded at changes with each trade.
/// </summary>
/// <param name="levels">On each side.</param>
/// <param name="increment">Distance of the levels.</param>
/// <remarks>Thread: one at a time.</remarks>
internal sealed class MadeBook(int levels, decimal increment)
{
    private readonly SortedDictionary<decimal, decimal> _bids = [];
    private readonly SortedDictionary<decimal, decimal> _asks = [];

    /// <summary>All levels, best first, bids before offers.</summary>
    public IEnumerable<BookLevel> Levels =>
        _bids.Reverse().Select(level => new BookLevel(OrderSide.Buy, level.Key, level.Value))
            .Concat(_asks.Select(level => new BookLevel(OrderSide.Sell, level.Key, level.Value)));

    /// <summary>Moves the book to a trade.</summary>
    /// <param name="bid">Best bid after it.</param>
    /// <param name="ask">Best ask after it.</param>
    /// <param name="trade">The trade.</param>
    /// <returns>The levels that changed, with their new quantities; 0 for those that are gone.</returns>
    public List<BookLevel> MoveTo(decimal bid, decimal ask, in TradePrint trade)
    {
        var changes = new List<BookLevel>();
        Move(_bids, OrderSide.Buy, bid, -increment, trade, changes);
        Move(_asks, OrderSide.Sell, ask, increment, trade, changes);
        return changes;
    }

    private void Move(
        SortedDictionary<decimal, decimal> side, OrderSide name, decimal best, decimal step, in TradePrint trade,
        List<BookLevel> changes)
    {
        var wanted = new Dictionary<decimal, decimal>(levels);
        for (int depth = 0; depth < levels && best + (depth * step) > 0; depth++)
        {
            decimal price = best + (depth * step);
            long salt = depth == 0 && trade.MakerSide == name ? trade.TradeId : 0;
            wanted[price] = Quantity(price, salt) * (1 + (depth / 10));
        }

        foreach (decimal gone in side.Keys.Where(price => !wanted.ContainsKey(price)).ToList())
        {
            side.Remove(gone);
            changes.Add(new BookLevel(name, gone, 0));
        }

        foreach ((decimal price, decimal quantity) in wanted)
        {
            if (!side.TryGetValue(price, out decimal old) || old != quantity)
            {
                side[price] = quantity;
                changes.Add(new BookLevel(name, price, quantity));
            }
        }
    }

    // 0.01 to 2.00 from the price alone: repeatable, and not the same everywhere.
    private static decimal Quantity(decimal price, long salt)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(decimal.Round(price, 8) * 1.00000000m, bits);
        ulong mixed = ((uint)bits[0] ^ ((ulong)(uint)bits[1] << 32) ^ (ulong)salt) * 0x9E3779B97F4A7C15;
        return (1 + (mixed >> 40) % 200) / 100m;
    }
}
