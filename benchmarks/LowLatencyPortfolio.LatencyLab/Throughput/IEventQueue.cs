using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>A queue with its consumer running. One thread writes.</summary>
internal interface IEventQueue : IDisposable
{
    void Write(in TradingEvent e);

    /// <summary>Returns when everything written was handled and the consumer has ended.</summary>
    void CloseAndDrain();
}
