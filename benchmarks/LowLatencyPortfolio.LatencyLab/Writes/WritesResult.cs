namespace LowLatencyPortfolio.LatencyLab;

/// <summary>What one run against a database gave.</summary>
/// <param name="Rows">State changes written.</param>
/// <param name="RowsPerSecond">From the first change to the last commit.</param>
/// <param name="Transactions">Commits they took.</param>
/// <param name="AppendNs">What one change cost the pipeline's thread: with the journal, less the same events
/// without.</param>
/// <param name="EventNs">What one event cost the pipeline's thread with the journal.</param>
/// <param name="BareEventNs">The same without the journal.</param>
/// <param name="WaitedShare">Share of the time in which the feed waited because the journal's queue was full.</param>
/// <param name="QueueNotEmpty">Changes not yet committed when the last event was handled.</param>
internal sealed record WritesResult(
    long Rows, double RowsPerSecond, long Transactions, double AppendNs, double EventNs, double BareEventNs,
    double WaitedShare, long QueueNotEmpty);
