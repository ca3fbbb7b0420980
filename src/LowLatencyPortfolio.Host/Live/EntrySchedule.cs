using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Engine.Replay;

namespace LowLatencyPortfolio.Host.Live;

/// <summary>Submits scripted entries when their time has come.</summary>
/// <param name="entries">By time.</param>
/// <param name="engine">Takes them; the risk gate judges each as any other.</param>
/// <remarks>Thread: one.</remarks>
internal sealed class EntrySchedule(IReadOnlyList<ScriptedCommand> entries, TradingEngine engine)
{
    private int _next;

    /// <summary>Entries whose time has not come.</summary>
    public int Left => entries.Count - _next;

    /// <summary>When the next one is due, ns UTC; null without one.</summary>
    public long? NextNs => _next < entries.Count ? entries[_next].TimeNs : null;

    /// <summary>Submits what is due.</summary>
    /// <param name="nowNs">The time, ns UTC.</param>
    /// <exception cref="EngineStoppedException">The engine is not running.</exception>
    public void SubmitDue(long nowNs)
    {
        while (NextNs is { } dueNs && dueNs <= nowNs)
        {
            ScriptedCommand entry = entries[_next++];
            engine.SubmitEntry(entry.Product, entry.Type, entry.Price, entry.Quantity);
        }
    }
}
