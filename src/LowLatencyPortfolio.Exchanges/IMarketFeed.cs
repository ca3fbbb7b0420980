namespace LowLatencyPortfolio.Exchanges;

/// <summary>Where the feeder takes market events from: recorded files, or generated prices.</summary>
/// <remarks>Thread: the feeder's only. Allocation: none per tick after warm-up.</remarks>
public interface IMarketFeed
{
    /// <summary>Takes the next tick.</summary>
    /// <param name="tick">The tick when true; ascending by (<see cref="MarketTick.TimeNs"/>,
    /// <see cref="MarketTick.Product"/>).</param>
    /// <returns>False at the end of the data, and from then on.</returns>
    bool TryRead(out MarketTick tick);
}
