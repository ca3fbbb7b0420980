using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>What the fills seen so far add up to, per order; each entry counts once.</summary>
/// <remarks>Thread: the reconciler's.</remarks>
internal sealed class FillSums
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly Dictionary<string, Sum> _sums = new(StringComparer.Ordinal);

    /// <summary>Adds those that are new.</summary>
    /// <returns>The orders of which some were new.</returns>
    public IReadOnlyCollection<Sum> Add(IReadOnlyList<CoinbaseFill> fills)
    {
        HashSet<Sum> grown = [];
        foreach (CoinbaseFill fill in fills)
        {
            if (!_sums.TryGetValue(fill.OrderId, out Sum? sum))
            {
                sum = new Sum(fill.OrderId);
                _sums.Add(fill.OrderId, sum);
            }

            if (sum.Add(fill))
            {
                _ = grown.Add(sum);
            }
        }

        return grown;
    }

    /// <summary>Forgets orders that have not traded for an hour before a time that is still asked about.</summary>
    public void Forget(DateTimeOffset since)
    {
        foreach (Sum sum in _sums.Values.Where(sum => sum.LastAt < since - Kept).ToArray())
        {
            _ = _sums.Remove(sum.OrderId);
        }
    }

    /// <summary>The fills of one order.</summary>
    internal sealed class Sum(string orderId)
    {
        private readonly HashSet<string> _entries = new(StringComparer.Ordinal);

        public string OrderId => orderId;

        public decimal Size { get; private set; }

        public decimal Value { get; private set; }

        public decimal Fees { get; private set; }

        public Liquidity Liquidity { get; private set; }

        public DateTimeOffset LastAt { get; private set; }

        public bool Add(CoinbaseFill fill)
        {
            if (!_entries.Add(fill.EntryId))
            {
                return false;
            }

            Liquidity = _entries.Count == 1 || Liquidity == fill.Liquidity ? fill.Liquidity : Liquidity.None;
            Size += fill.Size;
            Value += fill.Size * fill.Price;
            Fees += fill.Commission;
            LastAt = fill.TradedAt > LastAt ? fill.TradedAt : LastAt;
            return true;
        }
    }
}
