using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Replay;

/// <summary>What a replay came to.</summary>
public sealed record ReplayResult
{
    /// <summary>True at the end of the data; false after a stop, to be continued with the same request.</summary>
    public required bool Finished { get; init; }

    /// <summary>What was counted since the database was made.</summary>
    public required PipelineCounters Counters { get; init; }

    /// <summary>The portfolio at the newest prices.</summary>
    public required PortfolioMetrics Metrics { get; init; }

    /// <summary>The pairs by index.</summary>
    public required IReadOnlyList<PairReading> Pairs { get; init; }

    /// <summary>Hash over every decision and every fill.</summary>
    public required StateHash Hash { get; init; }

    /// <summary>Market events this process fed.</summary>
    public required long EventsFed { get; init; }

    /// <summary>Market events of this input so far, those fed by earlier processes included.</summary>
    public required long EventsOfInput { get; init; }

    /// <summary>Scripted entries that were not submitted because the data ended before their time.</summary>
    public required int EntriesAfterEnd { get; init; }

    /// <summary>
    /// Scripted entries that were not submitted because the database had lived through their time before this input.
    /// </summary>
    public int EntriesPast { get; init; }

    /// <summary>What the signals came to; null where nobody looked for entries.</summary>
    public SignalReadings? Signals { get; init; }

    /// <summary>Why the recording that was asked for is not complete; null when it is, or none was asked for.</summary>
    public string? RecordingFault { get; init; }

    /// <summary>Wall time from the first event to the last commit.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Bytes that the feeder's and the stages' threads allocated after warm-up.</summary>
    public required long PipelineAllocatedBytes { get; init; }

    /// <summary>Generation 0 collections between the first and the last event.</summary>
    public required int Gen0Collections { get; init; }

    /// <summary>Rows that never left the feed.</summary>
    public required IReadOnlyList<BadRow> BadRows { get; init; }

    /// <summary>How many rows never left the feed.</summary>
    public required long BadRowCount { get; init; }

    /// <summary>How the paper exchange filled, one line.</summary>
    public required string FillAssumptions { get; init; }

    /// <summary>Where the database is.</summary>
    public required string DatabasePath { get; init; }
}
