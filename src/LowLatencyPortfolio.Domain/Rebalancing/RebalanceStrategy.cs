namespace LowLatencyPortfolio.Domain;

/// <summary>How the portfolio is rebalanced. The default is the plain threshold of SPEC 11.</summary>
/// <remarks>Thread: immutable. Check it with <see cref="Faults"/> before use.</remarks>
public sealed record RebalanceStrategy
{
    private const decimal MostRiskAversion = 1_000m;
    private const int MostDays = 3_650;
    private const int MostHours = 24 * 366;

    /// <summary>Where the targets come from.</summary>
    public RebalanceMethod Method { get; init; } = RebalanceMethod.Threshold;

    /// <summary>
    /// For <see cref="RebalanceMethod.Threshold"/>: drift to act on, percent of the target, above 0; null takes
    /// <see cref="PortfolioConfig.RebalanceThresholdPct"/>.
    /// </summary>
    public decimal? ThresholdPct { get; init; }

    /// <summary>
    /// For <see cref="RebalanceMethod.Calendar"/>: length of a period, hours of UTC counted from 1970-01-01, 1 to
    /// 8,784.
    /// </summary>
    public int CalendarHours { get; init; } = 24;

    /// <summary>
    /// For equal weight, inverse volatility and risk parity: what the open positions weigh together, percent of equity,
    /// above 0 to 100; null takes the sum of their <c>PositionSizePct</c>.
    /// </summary>
    public decimal? TotalWeightPct { get; init; }

    /// <summary>
    /// How much a unit of variance is worth avoiding, for the no-trade band: γ of mean-variance utility, above 0 to
    /// 1,000. The threshold uses it where orders follow.
    /// </summary>
    public decimal RiskAversion { get; init; } = 3m;

    /// <summary>How long a drift is expected to stand if nothing is done, days, 1 to 3,650. For the band.</summary>
    public int HorizonDays { get; init; } = 365;

    /// <summary>What a trade costs beside its fee, basis points of its value, 0 to 1,000. For the band.</summary>
    public decimal SlippageBps { get; init; } = 5m;

    /// <summary>All that is wrong with this strategy, also in what its method does not use.</summary>
    /// <returns>In the order of the properties; empty when it can be used.</returns>
    public IReadOnlyList<ConfigurationFault> Faults()
    {
        FaultList faults = new();
        if (!Enum.IsDefined(Method))
        {
            string allowed = string.Join(", ", Enum.GetNames<RebalanceMethod>());
            faults.Add("rebalance.method", FaultList.Text((byte)Method), allowed);
        }

        if (ThresholdPct is { } threshold)
        {
            faults.Positive("rebalance.thresholdPct", threshold, "of the target; 10 means 10 %");
        }

        faults.Count("rebalance.calendarHours", CalendarHours, MostHours);
        if (TotalWeightPct is { } total)
        {
            faults.Percent("rebalance.totalWeightPct", total, 100m);
        }

        if (RiskAversion is <= 0m or > MostRiskAversion)
        {
            faults.Add("rebalance.riskAversion", FaultList.Text(RiskAversion), "above 0, at most 1000");
        }

        faults.Count("rebalance.horizonDays", HorizonDays, MostDays);
        if (SlippageBps is < 0m or > 1_000m)
        {
            faults.Add("rebalance.slippageBps", FaultList.Text(SlippageBps), "0 to 1000; 5 means 0.05 %");
        }

        return faults.Faults;
    }

    /// <summary>Whether a calendar period began since the last rebalance.</summary>
    /// <param name="lastNs">Event time of the last rebalance, ns since the Unix epoch; null before the first.</param>
    /// <param name="nowNs">Event time, ns since the Unix epoch.</param>
    /// <returns>True for every other method: they look each time they are asked.</returns>
    public bool IsDue(long? lastNs, long nowNs)
    {
        long period = CalendarHours * 3_600_000_000_000L;
        return Method != RebalanceMethod.Calendar || lastNs is not { } last || nowNs / period > last / period;
    }
}
