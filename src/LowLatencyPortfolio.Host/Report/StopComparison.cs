using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Report;

/// <summary>
/// Walks the ticks of a finished run once more with its fills: what the trades made, and what the same entries would
/// have made had nothing ever been sold.
/// </summary>
/// <remarks>
/// Thread: one, after the run. Exact decimals. A fill counts from before the first tick at or after its time. Both
/// lines are marked at every tick, so "low" is the worst moment of the whole portfolio, not a sum of each pair's worst.
/// </remarks>
internal sealed class StopComparison
{
    private readonly FillLine[] _fills;
    private readonly PairSetup[] _pairs;
    private readonly Dictionary<string, int> _indexes;
    private readonly decimal[] _marks;
    private int _applied;

    /// <summary>Prepares the walk.</summary>
    /// <param name="pairs">The run's pairs by index.</param>
    /// <param name="fills">Every fill of the run, in any order.</param>
    public StopComparison(PairSetup[] pairs, IEnumerable<FillLine> fills)
    {
        _pairs = pairs;
        _indexes = pairs.ToDictionary(pair => pair.ProductId, pair => pair.Index, StringComparer.Ordinal);
        _fills = [.. fills.OrderBy(fill => fill.TimeNs)];
        _marks = new decimal[pairs.Length];
        WithStops = new ProfitPath(pairs.Length);
        WithoutStops = new ProfitPath(pairs.Length);
    }

    /// <summary>What really happened.</summary>
    public ProfitPath WithStops { get; }

    /// <summary>The same entries, held to the end, without an exit fee.</summary>
    public ProfitPath WithoutStops { get; }

    /// <summary>Takes the next tick; ticks come in ascending time.</summary>
    /// <param name="product">Index of the pair.</param>
    /// <param name="timeNs">Its time, ns UTC.</param>
    /// <param name="priceUnits">Its price in the product's ring units.</param>
    public void OnTick(int product, long timeNs, long priceUnits)
    {
        ApplyFillsUpTo(timeNs);
        decimal price = _pairs[product].Product.PriceOf(priceUnits);
        decimal move = price - _marks[product];
        _marks[product] = price;
        WithStops.OnMove(product, move, timeNs);
        WithoutStops.OnMove(product, move, timeNs);
    }

    /// <summary>Applies what filled after the last tick.</summary>
    public void Complete() => ApplyFillsUpTo(long.MaxValue);

    private void ApplyFillsUpTo(long timeNs)
    {
        while (_applied < _fills.Length && _fills[_applied].TimeNs <= timeNs)
        {
            FillLine fill = _fills[_applied++];
            int product = _indexes[fill.ProductId];
            if (_marks[product] == 0m)
            {
                // A position from an earlier input: until this input's first tick its own price is the only one known.
                _marks[product] = fill.Price;
            }

            decimal signed = fill.IsEntry ? fill.Quantity : -fill.Quantity;
            WithStops.OnFill(product, signed, fill.Price, fill.Fee, _marks[product], fill.TimeNs);
            if (fill.IsEntry)
            {
                WithoutStops.OnFill(product, signed, fill.Price, fill.Fee, _marks[product], fill.TimeNs);
            }
        }
    }
}
