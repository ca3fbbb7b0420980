using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>Stands between the stages and the journal: each row goes on, and those who listen are told of it.</summary>
/// <remarks>Thread: Dispatch's. Allocation: none.</remarks>
internal sealed class EventTap(IStateSink journal, EventHub events) : IStateSink
{
    public void Append(in StateChange change)
    {
        journal.Append(in change);
        events.Add(in change);
    }
}
