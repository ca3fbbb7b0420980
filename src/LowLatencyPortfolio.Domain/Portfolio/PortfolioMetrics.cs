namespace LowLatencyPortfolio.Domain;

/// <summary>The state of the whole portfolio at one moment. Money is quote currency, percentages are percent.</summary>
/// <remarks>Thread: immutable. Source: SPEC 7; the identities there hold to the last digit.</remarks>
public sealed record PortfolioMetrics
{
    /// <summary>Capital the engine started with; the base of the percentages.</summary>
    public required decimal TotalCapital { get; init; }

    /// <summary>
    /// Total capital + realized − deployed − reserved; live at most what the venue has. Negative when overdrawn.
    /// </summary>
    public required decimal AvailableCapital { get; init; }

    /// <summary>What the held positions cost.</summary>
    public required decimal DeployedCapital { get; init; }

    /// <summary>Price and taker fee of what queued, working and unknown entries may still buy.</summary>
    public required decimal ReservedCapital { get; init; }

    /// <summary>Pairs held in more than dust.</summary>
    public required int ActivePositions { get; init; }

    /// <summary>Trades that ended flat.</summary>
    public required long ClosedPositions { get; init; }

    /// <summary>Realized and unrealized together; equity − total capital.</summary>
    public required decimal TotalPnl { get; init; }

    /// <summary>Market value − cost of what is held, before the fees of selling it.</summary>
    public required decimal UnrealizedPnl { get; init; }

    /// <summary>Results of sells, all fees taken off, those of entries too.</summary>
    public required decimal RealizedPnl { get; init; }

    /// <summary>Total profit and loss, percent of total capital.</summary>
    public required decimal TotalReturnPct { get; init; }

    /// <summary>The largest <c>TopNConcentration</c> market values together, percent of total capital.</summary>
    public required decimal ConcentrationPct { get; init; }

    /// <summary>Closed trades that won, percent; null when none closed.</summary>
    public required decimal? WinRatePct { get; init; }

    /// <summary>
    /// Deepest fall of the sampled equity from its highest sample before, percent of that, at least 0.
    /// </summary>
    public required decimal MaxDrawdownPct { get; init; }

    /// <summary>All fees paid.</summary>
    public required decimal Fees { get; init; }

    /// <summary>Cash + market value of what is held; total capital + total profit and loss.</summary>
    public required decimal Equity { get; init; }
}
