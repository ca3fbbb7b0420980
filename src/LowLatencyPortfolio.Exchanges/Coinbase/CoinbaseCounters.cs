namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>What the gateway has counted since it was made.</summary>
public readonly record struct CoinbaseCounters
{
    /// <summary>Requests about orders that left or tried to.</summary>
    public long Requests { get; init; }

    /// <summary>Of these, orders placed.</summary>
    public long Creates { get; init; }

    /// <summary>Of these, cancels; several orders cancelled by one are one.</summary>
    public long Cancels { get; init; }

    /// <summary>Of these, edits and previews of edits.</summary>
    public long Edits { get; init; }

    /// <summary>Moves of stops that waited too long for their turn: not sent, and decided anew.</summary>
    public long HandedBack { get; init; }

    /// <summary>Requests of which nobody knows whether they were carried out.</summary>
    public long Lost { get; init; }

    /// <summary>Times the venue said it was asked too often.</summary>
    public long RateLimited { get; init; }

    /// <summary>Requests refused because of the key.</summary>
    public long NotAuthorized { get; init; }

    /// <summary>Looks at orders that are not this engine's.</summary>
    public long ForeignOrders { get; init; }

    /// <summary>Looks at orders of this engine that this session does not know.</summary>
    public long UnknownOrders { get; init; }

    /// <summary>Looks that contradict what is known: ignored.</summary>
    public long Contradictions { get; init; }

    /// <summary>Looks at an order that is over as if it still worked: ignored.</summary>
    public long Regressions { get; init; }

    /// <summary>Orders that traded more than they were for; entries stay refused after one.</summary>
    public long Overfills { get; init; }

    /// <summary>Orders at the venue that are not what was asked for.</summary>
    public long Mismatches { get; init; }

    /// <summary>
    /// Fees that the venue has added to orders after their fills were told, quote: they belong to no fill, so they are
    /// in no book of ours until the order trades again.
    /// </summary>
    public decimal LateFees { get; init; }

    /// <summary>
    /// Pairs whose stops stay where they are at present, because to cancel and place one takes longer than their naked
    /// budget.
    /// </summary>
    public int SlowPairs { get; init; }

    /// <summary>Messages and answers that could not be read.</summary>
    public long Malformed { get; init; }

    /// <summary>Times the user channel was connected.</summary>
    public long UserConnects { get; init; }

    /// <summary>Gaps in the user channel's numbering.</summary>
    public long UserGaps { get; init; }

    /// <summary>Reconciliations that came to their end.</summary>
    public long Reconciliations { get; init; }

    /// <summary>Questions that were not answered.</summary>
    public long FailedQueries { get; init; }

    /// <summary>
    /// Requests that could leave at once, those kept for exits included; below 0 when exits have left on credit.
    /// </summary>
    public double RequestsLeft { get; init; }

    /// <summary>Of the hour's requests, those that could leave at once; null where there is no such limit.</summary>
    public double? RequestsLeftInHour { get; init; }
}
