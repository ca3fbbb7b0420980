namespace LowLatencyPortfolio.Pipeline;

/// <summary>What Normalize made of a tick.</summary>
public enum TickVerdict : byte
{
    /// <summary>The event is not a tick.</summary>
    None = 0,

    /// <summary>Accepted: <c>Price</c> is the pair's last price.</summary>
    Accepted = 1,

    /// <summary>
    /// Accepted, and prices between <c>RangeLow</c> and <c>RangeHigh</c> traded with it: a conflated or a confirmed
    /// held tick.
    /// </summary>
    AcceptedRange = 2,

    /// <summary>The same venue trade was seen before.</summary>
    Duplicate = 3,

    /// <summary>
    /// Farther than <c>TickCollarPct</c> from the last accepted tick; held until the next one confirms or contradicts
    /// it.
    /// </summary>
    HeldAbsurd = 4,
}
