namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Where one of our orders stands between us and the venue.</summary>
internal enum OrderPhase : byte
{
    /// <summary>Waits to be sent, for the first time or again.</summary>
    Queued = 0,

    /// <summary>A stop that is to take another's place: waits for the edit, or for the other's end.</summary>
    Replacing = 1,

    /// <summary>Its request is on the wire.</summary>
    InFlight = 2,

    /// <summary>Nobody knows whether the venue has it.</summary>
    Unknown = 3,

    /// <summary>An edit was taken; the order is read back to see whether it was carried out.</summary>
    ReadBack = 4,

    /// <summary>The venue has it.</summary>
    Working = 5,

    /// <summary>Over.</summary>
    Done = 6,
}
