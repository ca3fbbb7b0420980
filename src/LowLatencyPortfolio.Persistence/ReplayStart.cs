namespace LowLatencyPortfolio.Persistence;

/// <summary>Where a replay begins, as <see cref="StateJournal.ResumeReplay"/> found it.</summary>
/// <param name="Kind">Which of the three beginnings.</param>
/// <param name="State">The state to restore; for <see cref="ReplayStartKind.Fresh"/> the caller's own initial
/// state.</param>
/// <param name="Position">How many market events of the input to skip, and the event time reached.</param>
public sealed record ReplayStart(ReplayStartKind Kind, ReadOnlyMemory<byte> State, ReplayPosition Position);
