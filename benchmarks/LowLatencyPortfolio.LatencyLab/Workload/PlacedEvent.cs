using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>An event that is no tick, and its place in the stream.</summary>
/// <param name="beforeTick">It is played before the tick of this index.</param>
/// <param name="source">The producer-written part.</param>
internal readonly struct PlacedEvent(int beforeTick, in TradingEvent source)
{
    public readonly int BeforeTick = beforeTick;
    public readonly TradingEvent Event = source;
}
