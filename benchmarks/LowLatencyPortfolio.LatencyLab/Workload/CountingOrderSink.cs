using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>Takes orders and counts them: the end of the line in every throughput measurement.</summary>
internal sealed class CountingOrderSink : IOrderSink
{
    public long Orders { get; private set; }

    public void Submit(in OrderCommand command) => Orders++;
}
