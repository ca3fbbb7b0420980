namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// What the engine depends on and has not had for a while; the detail of <c>OUTAGE_BEGAN</c> and <c>OUTAGE_ENDED</c>
/// rows, in upper snake case.
/// </summary>
public enum OutageKind : byte
{
    /// <summary>Not about an outage.</summary>
    None = 0,

    /// <summary>Prices: of all pairs, or of the pair that the row names, which is held.</summary>
    Feed = 1,

    /// <summary>The venue's messages about our orders.</summary>
    UserChannel = 2,

    /// <summary>A clock that agrees with the venue's.</summary>
    Clock = 3,

    /// <summary>Answers of the venue to what it is asked about orders, fills, products, balances.</summary>
    Questions = 4,
}
