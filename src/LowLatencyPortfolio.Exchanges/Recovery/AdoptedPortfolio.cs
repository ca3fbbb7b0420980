namespace LowLatencyPortfolio.Exchanges;

/// <summary>What a gateway takes over from a session that was not stopped in order.</summary>
/// <param name="Orders">Our orders by number: those that may still trade, and newer ones that ended.</param>
/// <param name="Held">Quantity of each pair's position by index, ring units: what a simulated venue holds for
/// us.</param>
/// <param name="Cash">Quote that the engine reckons with, for the same use.</param>
/// <param name="NowNs">Time of the start, ns UTC.</param>
public sealed record AdoptedPortfolio(
    IReadOnlyList<AdoptedOrder> Orders, IReadOnlyList<long> Held, decimal Cash, long NowNs)
{
    /// <summary>
    /// Highest number of an order that has a row; one of an earlier start with a higher number was sent and never
    /// written down.
    /// </summary>
    public long LastWritten { get; init; } = long.MaxValue;
}
