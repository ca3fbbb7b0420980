using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>Where a stream is played to; a struct, so that the call for every tick is direct.</summary>
internal interface IEventPublisher
{
    void Tick(int product, long timeNs, long price, long quantity, long tradeKey);

    void Other(in TradingEvent source);
}
