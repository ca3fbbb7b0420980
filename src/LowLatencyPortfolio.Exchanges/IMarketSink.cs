using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges;

/// <summary>Where a live feed hands over what traded and whether it can be relied on.</summary>
/// <remarks>
/// Thread: the feed's; several feeds call at once, each for its own products. A feed hands the ticks that end a silence
/// over before it says that the product is good again.
/// </remarks>
public interface IMarketSink
{
    /// <summary>Takes a trade.</summary>
    /// <param name="tick">Product index, price above 0 and quantity in ring units; its time is the venue's.</param>
    void OnTick(in MarketTick tick);

    /// <summary>Takes a change of a feed's state; the same state is not told twice in a row.</summary>
    /// <param name="product">Index of the pair.</param>
    /// <param name="flag">What is meant; a market feed tells <see cref="HealthFlag.FeedDown"/>.</param>
    /// <param name="isBad">True: from now on it is so. False: it is over.</param>
    void OnFeedState(int product, HealthFlag flag, bool isBad);
}
