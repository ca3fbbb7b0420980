namespace LowLatencyPortfolio.Pipeline;

/// <summary>How one pair stands. Ring units but for the money.</summary>
public struct PairFigures
{
    /// <summary>Held quantity.</summary>
    public long Held;

    /// <summary>What buys on their way have not bought yet, those included that are queued, wait for the disk, or are unknown.</summary>
    public long Buying;

    /// <summary>Newest accepted price, else the first fill's; 0 before either.</summary>
    public long Mark;

    /// <summary>Highest trigger among the stops that are sent and not finished; 0 without one.</summary>
    public long StopTrigger;

    /// <summary>What of the held quantity stops that the venue is known to have would sell.</summary>
    public long Covered;

    /// <summary>What those stops would sell it for at their triggers, quote.</summary>
    public decimal StopValue;

    /// <summary>What is left of the buys' value, quote.</summary>
    public decimal Cost;

    /// <summary>Realized over all trades of the pair, fees included, quote.</summary>
    public decimal Realized;

    /// <summary>Exposure: market value and buys on their way, quote.</summary>
    public decimal Exposure;

    /// <summary>Whether the pair is being closed.</summary>
    public bool Exiting;
}
