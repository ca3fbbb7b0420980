using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Report;

/// <summary>Everything the final report is made of.</summary>
internal sealed record ReportInput
{
    /// <summary>Whether the entries came from a file and no strategy decided them.</summary>
    public required bool ScriptedEntries { get; init; }

    /// <summary>Data kind, fill assumptions, fees and slippage, one line.</summary>
    public required string Assumptions { get; init; }

    /// <summary>What came in and out, one line: products, span, ticks.</summary>
    public required string DataSpan { get; init; }

    /// <summary>What a user should know of the input, one line each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The limits that refusals are named after.</summary>
    public required PortfolioConfig Portfolio { get; init; }

    /// <summary>The products by id, for the decimals of prices.</summary>
    public required IReadOnlyDictionary<string, ProductSpec> Products { get; init; }

    /// <summary>Every position of the database.</summary>
    public required IReadOnlyList<TradeLine> Trades { get; init; }

    /// <summary>Every entry that was refused.</summary>
    public required IReadOnlyList<RefusalLine> Refusals { get; init; }

    /// <summary>Entries that were cancelled because they had waited too long for their fill.</summary>
    public int EntriesOverdue { get; init; }

    /// <summary>What rebalances did; null where they are off and there were none.</summary>
    public RebalanceTally? Rebalances { get; init; }

    /// <summary>The mode the run ended in.</summary>
    public TradingMode Mode { get; init; }

    /// <summary>When the mode last changed, ns UTC; null when it never did.</summary>
    public long? ModeSinceNs { get; init; }

    /// <summary>With and without stops; null when nothing was bought.</summary>
    public required StopComparison? Comparison { get; init; }

    /// <summary>Counters, money, cost.</summary>
    public required ReplayResult Result { get; init; }

    /// <summary>How many threads ran the stages.</summary>
    public required Topology Topology { get; init; }
}
