namespace LowLatencyPortfolio.Persistence;

/// <summary>The row of <c>checkpoint</c>: the newest one; earlier ones are not kept.</summary>
/// <param name="State">The whole state, as the pipeline wrote it.</param>
/// <param name="Position">Where the input stood.</param>
/// <param name="Configuration">Fingerprint of the configuration.</param>
/// <param name="Finished">Whether the run was over.</param>
/// <param name="HistoryId">Id of the newest history row it covers; 0 before the first.</param>
public sealed record CheckpointRow(
    ReadOnlyMemory<byte> State, ReplayPosition Position, string Configuration, bool Finished, long HistoryId);
