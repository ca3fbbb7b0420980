namespace LowLatencyPortfolio.Pipeline;

/// <summary>How the event's pair stands, as the ratchet found it when it looked beyond its screen.</summary>
public enum SupervisionMark : byte
{
    /// <summary>The ratchet did not look: the event cannot change the pair's protection.</summary>
    None = 0,

    /// <summary>The pair is flat, or protected, or being protected.</summary>
    Protected = 1,

    /// <summary>The pair is being closed: new buys are refused until it is flat.</summary>
    Exiting = 2,

    /// <summary>
    /// As <see cref="Protected"/>, and a reduction that had begun ended before its sell: a stop covers that part again.
    /// </summary>
    ReductionEnded = 3,
}
