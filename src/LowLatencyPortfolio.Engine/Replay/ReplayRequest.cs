using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Replay;

/// <summary>
/// Everything a replay is made of. What changes decisions is part of its identity; see <see cref="ReplayIdentity"/>.
/// </summary>
public sealed record ReplayRequest
{
    /// <summary>The market data.</summary>
    public required ReplayCatalog Catalog { get; init; }

    /// <summary>The pairs by index, from <see cref="PairSetup.Arrange"/>.</summary>
    public required PairSetup[] Pairs { get; init; }

    /// <summary>Limits and sizes, validated.</summary>
    public required PortfolioConfig Portfolio { get; init; }

    /// <summary>How the paper exchange fills, validated.</summary>
    public required PaperConfig Paper { get; init; }

    /// <summary>Entries in ascending time; those of equal time in the order given.</summary>
    public IReadOnlyList<ScriptedCommand> Entries { get; init; } = [];

    /// <summary>What finds entries at each candle close; null for nobody.</summary>
    public SignalSource? Signals { get; init; }

    /// <summary>When and how the portfolio is rebalanced by orders; null, or without orders, for never.</summary>
    public RebalanceOptions? Rebalance { get; init; }

    /// <summary>Database to keep and continue; a missing file is made.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>Where every event is kept, to be played again without its input; null keeps nothing.</summary>
    public string? RecordPath { get; init; }

    /// <summary>Which threads run the stages; never changes a decision.</summary>
    public Topology Topology { get; init; } = Topology.Inline;

    /// <summary>How stages' threads wait; never changes a decision.</summary>
    public WaitMode Wait { get; init; } = WaitMode.Yielding;

    /// <summary>Refuse a topology with more threads than cores. Tests switch it off.</summary>
    public bool RequireCores { get; init; } = true;

    /// <summary>Market events between two checkpoints, at least 1.</summary>
    public int CheckpointInterval { get; init; } = 10_000;

    /// <summary>Whether another total capital than the database's is accepted and journaled.</summary>
    public bool Recapitalize { get; init; }

    /// <summary>
    /// Told every <see cref="ProgressInterval"/> market events: number so far and event time, ns UTC. Must not wait;
    /// called on the feeder's thread.
    /// </summary>
    public Action<long, long>? Progress { get; init; }

    /// <summary>
    /// Given the result once everything is committed and before the run is marked as finished. Whoever is killed while
    /// writing it down can run the same command again: it plays nothing and delivers the same result.
    /// </summary>
    public Action<ReplayResult>? Deliver { get; init; }

    /// <summary>Market events between two calls of <see cref="Progress"/>, at least 1.</summary>
    public int ProgressInterval { get; init; } = 1_000;
}
