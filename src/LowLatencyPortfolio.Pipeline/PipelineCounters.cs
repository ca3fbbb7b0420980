namespace LowLatencyPortfolio.Pipeline;

/// <summary>What a pipeline counted since it was made, or since the run it continues began.</summary>
/// <remarks>
/// Thread: exact at quiescence; from another thread while it runs each number is right but they may be of different
/// moments.
/// </remarks>
public sealed record PipelineCounters
{
    /// <summary>Ticks that entered the ring.</summary>
    public long Ticks { get; init; }

    /// <summary>Ticks that were not accepted: repeated, or held back and not confirmed.</summary>
    public long TicksRejected { get; init; }

    /// <summary>Ticks that ran the ratchet's decimal path.</summary>
    public long TicksWoken { get; init; }

    /// <summary>Orders sent to the gateway: entries, stops, exits.</summary>
    public long Orders { get; init; }

    /// <summary>Fills applied.</summary>
    public long Fills { get; init; }

    /// <summary>Stops acknowledged that did not take another's place.</summary>
    public long StopsPlaced { get; init; }

    /// <summary>Stops acknowledged in another's place.</summary>
    public long StopsReplaced { get; init; }

    /// <summary>Positions closed.</summary>
    public long Exits { get; init; }

    /// <summary>Orders that the risk gate refused.</summary>
    public long RiskRejections { get; init; }

    /// <summary>Orders that the venue refused.</summary>
    public long VenueRejections { get; init; }

    /// <summary>Reports that contradict what is known, or name an order nobody knows.</summary>
    public long Contradictions { get; init; }

    /// <summary>Times a loss limit tripped the emergency breaker.</summary>
    public long BreakerTrips { get; init; }

    /// <summary>
    /// Positions that were without a working stop for longer than their budget, or whose stop somebody took away.
    /// </summary>
    public long NakedAlarms { get; init; }

    /// <summary>Positions that could not be sold because the product's state forbade it on every way.</summary>
    public long BlockedExits { get; init; }

    /// <summary>Times coins of a position had left the account without an order of ours.</summary>
    public long ExternalOuts { get; init; }
}
