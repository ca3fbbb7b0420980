namespace LowLatencyPortfolio.Engine;

/// <summary>How long a <see cref="MultiPairOrchestrator"/> waits for others.</summary>
/// <remarks>Thread: immutable.</remarks>
public sealed record OrchestratorOptions
{
    /// <summary>How long one pair's signal may take before it counts as late, above 0.</summary>
    public TimeSpan SignalDeadline { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a liquidation waits for its exits to be acknowledged before it returns with what is pending, above 0.
    /// </summary>
    public TimeSpan LiquidationDeadline { get; init; } = TimeSpan.FromSeconds(10);
}
