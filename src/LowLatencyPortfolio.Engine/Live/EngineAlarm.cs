using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>Something a person should know of when it happens.</summary>
/// <param name="Action">The row of history that says it, or will when the journal is written again.</param>
/// <param name="ProductId">The pair; null for the portfolio.</param>
/// <param name="AtNs">Event time, ns UTC.</param>
/// <param name="IsOver">Whether it tells that an earlier alarm is over.</param>
/// <param name="Text">One line: which pair, what, since when, and what the engine does about it.</param>
public sealed record EngineAlarm(HistoryAction Action, string? ProductId, long AtNs, bool IsOver, string Text);
