namespace LowLatencyPortfolio.Host.Report;

/// <summary>Profit or loss of a set of fills, marked at every tick, with its lowest moment.</summary>
/// <remarks>Exact: price × quantity has at most 16 decimals and stays far below 28 digits.</remarks>
internal sealed class ProfitPath
{
    private readonly decimal[] _held;

    /// <summary>Starts at 0 with nothing held.</summary>
    /// <param name="pairs">How many pairs there are.</param>
    public ProfitPath(int pairs) => _held = new decimal[pairs];

    /// <summary>Profit or loss now, fees included, quote.</summary>
    public decimal Now { get; private set; }

    /// <summary>The lowest it has been; 0 when it never was below.</summary>
    public decimal Low { get; private set; }

    /// <summary>When it was lowest, the first time, ns UTC; 0 when it never was below 0.</summary>
    public long LowAtNs { get; private set; }

    /// <summary>Applies a fill.</summary>
    /// <param name="product">Index of the pair.</param>
    /// <param name="quantity">Base; below 0 for a sell.</param>
    /// <param name="price">Quote per base.</param>
    /// <param name="fee">Quote.</param>
    /// <param name="mark">The price that is held against, quote per base.</param>
    /// <param name="timeNs">ns UTC.</param>
    public void OnFill(int product, decimal quantity, decimal price, decimal fee, decimal mark, long timeNs)
    {
        _held[product] += quantity;
        Change((quantity * (mark - price)) - fee, timeNs);
    }

    /// <summary>Applies a change of a pair's price.</summary>
    /// <param name="product">Index of the pair.</param>
    /// <param name="move">New price less old price, quote per base.</param>
    /// <param name="timeNs">ns UTC.</param>
    public void OnMove(int product, decimal move, long timeNs)
    {
        if (_held[product] != 0m && move != 0m)
        {
            Change(_held[product] * move, timeNs);
        }
    }

    private void Change(decimal by, long timeNs)
    {
        Now += by;
        if (Now < Low)
        {
            (Low, LowAtNs) = (Now, timeNs);
        }
    }
}
