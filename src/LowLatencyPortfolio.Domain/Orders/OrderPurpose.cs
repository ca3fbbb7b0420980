namespace LowLatencyPortfolio.Domain;

/// <summary>Why the engine sends an order. Fixed for the order's whole life.</summary>
public enum OrderPurpose : byte
{
    /// <summary>Opens or adds to a position. Waits for the disk before it is sent.</summary>
    Entry = 0,

    /// <summary>Protects a position: a resting stop-limit sell.</summary>
    Stop = 1,

    /// <summary>Closes a position at the market.</summary>
    Exit = 2,

    /// <summary>
    /// Sells a part of a position at the market and leaves the rest protected: a rebalance. Nothing protects the part
    /// until its end is known.
    /// </summary>
    Reduce = 3,
}
