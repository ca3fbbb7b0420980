using LowLatencyPortfolio.Exchanges;

namespace LowLatencyPortfolio.Engine;

/// <summary>Where feeds hand over what traded.</summary>
/// <remarks>
/// Thread: any, several at once. Allocation: none. Waits only while the engine's inbox is full. Ticks of one thread
/// keep their order; while the ring is full, ticks of one pair are merged into one that carries low, high, quantity and
/// count.
/// </remarks>
public interface IPriceInput
{
    /// <summary>Hands over a trade.</summary>
    /// <param name="productId">A registered product.</param>
    /// <param name="price">Quote per base, above 0.</param>
    /// <param name="quantity">Base, at least 0.</param>
    /// <param name="tradeKey">The venue's number of the trade; 0 when unknown. A repeated one is dropped.</param>
    /// <param name="venueTimeNs">When the venue says it traded, ns UTC; 0 when unknown.</param>
    /// <returns>
    /// False when the tick was refused and counted: unknown product, price not above 0, quantity below 0, or off the
    /// ring's unit.
    /// </returns>
    /// <exception cref="EngineStoppedException">The engine is not running.</exception>
    bool PublishTick(string productId, decimal price, decimal quantity, long tradeKey, long venueTimeNs);

    /// <summary>Hands over a trade in ring units.</summary>
    /// <param name="tick">Product index, price and quantity in ring units; its time is the venue's.</param>
    /// <returns>
    /// False when the tick was refused and counted: no such pair, price not above 0 or quantity below 0.
    /// </returns>
    /// <exception cref="EngineStoppedException">The engine is not running.</exception>
    bool PublishTick(in MarketTick tick);
}
