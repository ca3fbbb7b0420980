using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>What a live engine counted so far.</summary>
public sealed record EngineCounters
{
    /// <summary>Ticks that feeds handed over and the engine took.</summary>
    public required long TicksTaken { get; init; }

    /// <summary>Ticks that were refused before the ring: unknown product, price or quantity not usable.</summary>
    public required long TicksRefused { get; init; }

    /// <summary>Ticks that were merged into an earlier one of their pair because the ring was full.</summary>
    public required long TicksConflated { get; init; }

    /// <summary>What the stages counted.</summary>
    public required PipelineCounters Pipeline { get; init; }
}
