using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Benchmarks;

/// <summary>Takes state changes and drops them.</summary>
internal sealed class NoJournal : IStateSink
{
    public long Changes { get; private set; }

    public void Append(in StateChange change) => Changes++;
}
