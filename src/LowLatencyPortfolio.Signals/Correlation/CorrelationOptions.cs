using System.Globalization;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Signals;

/// <summary>How fast correlations forget, and when measured risk groups form and part.</summary>
/// <remarks>
/// Thread: immutable. A close is the end of one candle of the engine's interval, 5 minutes by default.
/// </remarks>
public sealed record CorrelationOptions
{
    /// <summary>Most closes a change of groups may have to last, so that its count fits a byte.</summary>
    public const int MostConfirmCloses = 100;

    /// <summary>Most closes that are remembered, so that a checkpoint stays small.</summary>
    public const int MostHistoryCloses = 10_000;

    /// <summary>Closes after which a return counts half, above 0. 288 is a day of 5-minute candles.</summary>
    public double HalfLifeCloses { get; init; } = 288;

    /// <summary>
    /// Real returns a pair needs before it is measured, at least 2. Until then it correlates with nobody.
    /// </summary>
    public int WarmUpCloses { get; init; } = 72;

    /// <summary>
    /// Absent candles in a row after which the pair's next return is dropped, at least 1: the move of a long gap would
    /// stand beside returns of one candle.
    /// </summary>
    public int MaxGapCloses { get; init; } = 12;

    /// <summary>
    /// Correlation at or above which clusters join, in (0, 1); not below <see cref="LeaveCorrelation"/>.
    /// </summary>
    public double JoinCorrelation { get; init; } = 0.70;

    /// <summary>Correlation below which members part, in [0, 1).</summary>
    public double LeaveCorrelation { get; init; } = 0.55;

    /// <summary>Closes in a row that a joining or parting must be seen before it counts, 1 to 100.</summary>
    public int ConfirmCloses { get; init; } = 12;

    /// <summary>
    /// Closes remembered for the value at risk that assumes no distribution, 2 to 10,000; it needs 100 to say anything.
    /// </summary>
    public int HistoryCloses { get; init; } = 500;

    /// <summary>Weight of a return against that of the next close: 2^(−1 / half-life).</summary>
    public double Decay => Math.Pow(2, -1 / HalfLifeCloses);

    /// <summary>All that is wrong with these options.</summary>
    /// <returns>In the order of the properties; empty when they can be used.</returns>
    public IReadOnlyList<ConfigurationFault> Faults()
    {
        List<ConfigurationFault> faults = [];
        bool forgets = double.IsFinite(HalfLifeCloses) && HalfLifeCloses > 0;
        Demand(forgets, "halfLifeCloses", HalfLifeCloses, "above 0 (closes)");
        Demand(WarmUpCloses >= 2, "warmUpCloses", WarmUpCloses, "at least 2");
        Demand(MaxGapCloses >= 1, "maxGapCloses", MaxGapCloses, "at least 1");
        Demand(JoinCorrelation is > 0 and < 1, "joinCorrelation", JoinCorrelation, "above 0, below 1");
        Demand(LeaveCorrelation is >= 0 and < 1, "leaveCorrelation", LeaveCorrelation, "0 to below 1");
        bool crossed = LeaveCorrelation is >= 0 and < 1 && LeaveCorrelation > JoinCorrelation;
        Demand(!crossed, "leaveCorrelation", LeaveCorrelation, "at most joinCorrelation, or groups would flap");
        bool confirmable = ConfirmCloses is >= 1 and <= MostConfirmCloses;
        Demand(confirmable, "confirmCloses", ConfirmCloses, "1 to 100");
        bool rememberable = HistoryCloses is >= 2 and <= MostHistoryCloses;
        Demand(rememberable, "historyCloses", HistoryCloses, "2 to 10000");
        return faults;

        void Demand(bool holds, string name, double value, string allowed)
        {
            if (!holds)
            {
                string text = value.ToString(CultureInfo.InvariantCulture);
                faults.Add(new ConfigurationFault($"correlation.{name}", text, allowed));
            }
        }
    }

    internal CorrelationOptions Checked() => Faults() is { Count: > 0 } faults
        ? throw new ConfigurationException(faults)
        : this;
}
