using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>Takes state changes and remembers the newest intent, which wants to hear that it is on the disk.</summary>
internal sealed class IntentSink : IStateSink
{
    /// <summary>Number of the newest order that waits for its intent; 0 for none.</summary>
    public long Intent { get; private set; }

    public void Append(in StateChange change)
    {
        if (change.WantsAnswer)
        {
            Intent = change.OrderSequence;
        }
    }
}
