namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// The venue's clock: everything the venue stamps or waits for is measured by it, never by the machine's.
/// </summary>
public interface IVenueClock
{
    /// <summary>Nanoseconds since the Unix epoch, UTC; never goes back.</summary>
    long NowNs { get; }
}
