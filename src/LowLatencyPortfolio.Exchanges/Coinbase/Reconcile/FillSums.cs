using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>What the fills seen so far add up to, per order; each entry counts once.</summary>
/// <remarks>Thread: one at a time.</remarks>
internal sealed class FillSums
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Sum> _sums = new(StringComparer.Ordinal);

    /// <summary>The orders that fills were seen of.</summary>
    public IReadOnlyCollection<Sum> All => _sums.Values;

    /// <summary>Adds those that are new.</summary>
    /// <returns>The orders of which some were new.</returns>
    public IReadOnlyCollection<Sum> Add(IReadOnlyList<CoinbaseFill> fills)
    {
        HashSet<Sum> grown = [];
        foreach (CoinbaseFill fill in fills)
        {
            if (!_sums.TryGetValue(fill.OrderId, out Sum? sum))
            {
                sum = new Sum(fill.OrderId, fill.ProductId);
                _sums.Add(fill.OrderId, sum);
            }

            if (sum.Add(fill))
            {
                _ = grown.Add(sum);
            }
        }

        return grown;
    }

    /// <summary>The fills of one order; null when none was seen.</summary>
    public Sum? Of(string orderId) => _sums.GetValueOrDefault(orderId);

    /// <summary>Forgets orders that have not traded for an hour before a time that is still asked about.</summary>
    public void Forget(DateTimeOffset since)
    {
        foreach (Sum sum in _sums.Values.Where(sum => sum.LastAt < since - Kept).ToArray())
        {
            _ = _sums.Remove(sum.OrderId);
        }
    }

    /// <summary>The fills of one order.</summary>
    internal sealed class Sum(string orderId, string productId)
    {
        private readonly HashSet<string> _entries = new(StringComparer.Ordinal);
        private readonly List<CoinbaseFill> _trades = [];

        public string OrderId => orderId;

        public string ProductId => productId;

        public decimal Size { get; private set; }

        public decimal Value { get; private set; }

        public decimal Fees { get; private set; }

        public Liquidity Liquidity { get; private set; }

        public DateTimeOffset LastAt { get; private set; }

        /// <summary>
        /// Something was booked later that is no trade: what the order traded is not what its entries add up to.
        /// </summary>
        public bool IsCorrected { get; private set; }

        /// <summary>The trades, oldest first.</summary>
        public IReadOnlyList<SeenFill> Trades =>
            [.. Enumerable.Reverse(_trades)         // lists begin with the newest
                .OrderBy(trade => trade.TradedAt)
                .Select(trade => new SeenFill(trade.Size, trade.Liquidity))];

        public bool Add(CoinbaseFill fill)
        {
            if (!_entries.Add(fill.EntryId))
            {
                return false;
            }

            LastAt = fill.TradedAt > LastAt ? fill.TradedAt : LastAt;
            if (!fill.IsTrade)
            {
                IsCorrected = true;
                return true;
            }

            Liquidity = _trades.Count == 0 || Liquidity == fill.Liquidity ? fill.Liquidity : Liquidity.None;
            _trades.Add(fill);
            Size += fill.Size;
            Value += fill.Size * fill.Price;
            Fees += fill.Commission;
            return true;
        }
    }
}
