namespace LowLatencyPortfolio.Pipeline;

/// <summary>Where Dispatch sends state changes: the journal, or nothing.</summary>
/// <remarks>Thread: called on the thread that runs Dispatch, never concurrently. Must not wait or throw.</remarks>
public interface IStateSink
{
    /// <summary>
    /// Takes one change. Changes of one event come in a row; the last one has <see cref="StateChange.EndOfEvent"/> set.
    /// </summary>
    /// <param name="change">The change; valid only during the call.</param>
    void Append(in StateChange change);
}
