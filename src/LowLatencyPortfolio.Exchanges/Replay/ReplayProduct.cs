using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>What will be played of one product.</summary>
/// <param name="ProductId">The venue's name.</param>
/// <param name="Files">Files in time order, which do not overlap.</param>
/// <remarks>Thread: immutable.</remarks>
public sealed record ReplayProduct(string ProductId, IReadOnlyList<ReplayFile> Files)
{
    /// <summary>Whether any of it is played from bars, so that the order of prices inside a bar is an
    /// assumption.</summary>
    public bool PlayedFromBars => Files.Any(file => file.Kind == ReplayKind.Bars);

    /// <summary>Trades or bars of which length, for a person.</summary>
    public string Interval => string.Join(" and ", Files.Select(file => file.Interval).Distinct());

    /// <summary>Time of the first good row, ns UTC.</summary>
    public long FirstTimeNs => Files[0].FirstTimeNs;

    /// <summary>The last nanosecond of the data, ns UTC.</summary>
    public long LastTimeNs => Files[^1].EndTimeNs - 1;

    /// <summary>Rows, bad ones included.</summary>
    public long Rows => Files.Sum(file => file.Rows);

    /// <summary>One unit of the last decimal that any price has, quote; for products whose increment nobody
    /// states.</summary>
    public decimal PriceIncrement => UnitOf(PriceDecimals);

    /// <summary>One unit of the last decimal that any quantity has, base, but never finer than fits beside the price in
    /// 16 decimals.</summary>
    public decimal QuantityIncrement => UnitOf(Math.Min(
        Files.Max(file => file.QuantityDecimals),
        ProductSpec.UnitDecimals - Math.Max(ProductSpec.DefaultPriceDecimals, PriceDecimals)));

    private int PriceDecimals => Math.Min(Files.Max(file => file.PriceDecimals), ProductSpec.UnitDecimals);

    private static decimal UnitOf(int decimals) => new(1, 0, 0, false, (byte)decimals);
}
