using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Somebody who waits for what becomes of entries and exits, such as the orchestrator's awaiting callers.
/// </summary>
/// <remarks>
/// Thread: called on the thread that runs Dispatch. Must not wait or throw; completing a task whose continuations run
/// elsewhere is fine.
/// </remarks>
public interface IOrderObserver
{
    /// <summary>An entry was sent, or refused for good.</summary>
    /// <param name="source">The <see cref="TradingEvent.Source"/> the entry came with.</param>
    /// <param name="verdict"><see cref="RiskVerdict.Approved"/> when it was sent, else the limit that refused
    /// it.</param>
    /// <param name="sequence">Our number of the order; 0 when it was refused before its intent was written.</param>
    void EntryAnswered(int source, RiskVerdict verdict, long sequence);

    /// <summary>The closing of a pair went a step on.</summary>
    /// <param name="product">Index of the pair.</param>
    /// <param name="progress">How far it is.</param>
    void ExitProgressed(int product, ExitProgress progress);
}
