using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>Takes state changes and counts them.</summary>
internal sealed class CountingStateSink : IStateSink
{
    public long Changes { get; private set; }

    public void Append(in StateChange change) => Changes++;
}
