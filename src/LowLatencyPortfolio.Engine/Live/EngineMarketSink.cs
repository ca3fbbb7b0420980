using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>Hands what a live feed says to an engine: give it to the feed as its sink.</summary>
/// <param name="engine">A started engine whose pair indices are the feed's.</param>
/// <remarks>
/// Thread: the feed's, several at once. Allocation: none. Once the engine has ended both members throw <see
/// cref="EngineStoppedException"/>, which ends the feed.
/// </remarks>
public sealed class EngineMarketSink(TradingEngine engine) : IMarketSink
{
    /// <inheritdoc/>
    public void OnTick(in MarketTick tick) => _ = engine.PublishTick(in tick);

    /// <inheritdoc/>
    public void OnFeedState(int product, HealthFlag flag, bool isBad) =>
        engine.PublishFeedState(product, flag, isBad);
}
