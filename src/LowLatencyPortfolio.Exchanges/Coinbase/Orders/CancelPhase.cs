namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Where the cancel of an order stands.</summary>
internal enum CancelPhase : byte
{
    /// <summary>Nobody asked.</summary>
    None = 0,

    /// <summary>Asked for; it leaves once the venue's id is known and its turn comes.</summary>
    Wanted = 1,

    /// <summary>On the wire.</summary>
    InFlight = 2,

    /// <summary>The venue has queued it; the order's end proves it.</summary>
    Queued = 3,
}
