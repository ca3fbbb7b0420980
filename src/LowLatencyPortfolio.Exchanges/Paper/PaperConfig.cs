using System.Globalization;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Paper;

/// <summary>What the paper exchange charges, how late it is and how it misbehaves. Rates are fractions: <c>0.006</c> is
/// 0.6 %.</summary>
/// <remarks>Thread: immutable. Source: SPEC 12.</remarks>
public sealed record PaperConfig
{
    private const int RateDecimals = 6;
    private const int SlippageDecimals = 4;

    /// <summary>Fee of a fill that rested, fraction of its value in [0, 0.1], at most 6 decimals.</summary>
    public decimal MakerFee { get; init; } = 0.006m;

    /// <summary>Fee of a fill that took liquidity, fraction of its value in [0, 0.1], at most 6 decimals.</summary>
    public decimal TakerFee { get; init; } = 0.012m;

    /// <summary>How much worse than the tick a taker fill is, basis points in [0, 1000], at most 4 decimals.</summary>
    public decimal SlippageBps { get; init; } = 5m;

    /// <summary>Event time from the release of a command to its effect, ms in [0, 60000].</summary>
    public int LatencyMs { get; init; }

    /// <summary>Whether a tick fills no more than the quantity it traded.</summary>
    public bool PartialFills { get; init; }

    /// <summary>Chance that a new order is refused, fraction in [0, 1], at most 6 decimals.</summary>
    public decimal RejectionRate { get; init; }

    /// <summary>Chooses which orders are refused by chance; any value.</summary>
    public long Seed { get; init; }

    /// <summary>Every value outside its range.</summary>
    /// <returns>One line a fault: the field, the value and what is allowed; empty when all is well.</returns>
    public IEnumerable<string> Faults()
    {
        if (OutOfRange(MakerFee, 0.1m, RateDecimals))
        {
            yield return Fault("makerFee", MakerFee, "[0, 0.1] with at most 6 decimals (0.006 means 0.6 %)");
        }

        if (OutOfRange(TakerFee, 0.1m, RateDecimals))
        {
            yield return Fault("takerFee", TakerFee, "[0, 0.1] with at most 6 decimals (0.012 means 1.2 %)");
        }

        if (OutOfRange(SlippageBps, 1000m, SlippageDecimals))
        {
            yield return Fault("slippageBps", SlippageBps, "[0, 1000] with at most 4 decimals (5 means 0.05 %)");
        }

        if (OutOfRange(LatencyMs, 60_000m, 0))
        {
            yield return Fault("latencyMs", LatencyMs, "[0, 60000] (250 means a quarter of a second)");
        }

        if (OutOfRange(RejectionRate, 1m, RateDecimals))
        {
            yield return Fault(
                "rejectionRate", RejectionRate, "[0, 1] with at most 6 decimals (0.01 means 1 order in 100)");
        }
    }

    private static bool OutOfRange(decimal value, decimal most, int decimals) =>
        value < 0m || value > most || ProductSpec.DecimalsOf(value) > decimals;

    private static string Fault(string field, decimal value, string allowed) =>
        string.Create(CultureInfo.InvariantCulture, $"paper.{field} {value} must be in {allowed}");
}
