namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>
/// What a feed has counted since it was made. Each number is exact; they are not read at one instant.
/// </summary>
public sealed record CoinbaseFeedReadings
{
    /// <summary>Well-formed messages by kind; every kind has an entry.</summary>
    public required IReadOnlyDictionary<FeedMessageKind, long> Messages { get; init; }

    /// <summary>Malformed messages by their gravest fault; every fault has an entry.</summary>
    public required IReadOnlyDictionary<FrameFault, long> Malformed { get; init; }

    /// <summary>Ends of connections and failed attempts by reason; every reason has an entry.</summary>
    public required IReadOnlyDictionary<FeedEnd, long> Ends { get; init; }

    /// <summary>Everything else; every count has an entry.</summary>
    public required IReadOnlyDictionary<FeedCount, long> Counts { get; init; }

    /// <summary>
    /// The venue's last refusal, or why the last attempt to connect failed; null when there was none.
    /// </summary>
    public required string? LastError { get; init; }

    /// <summary>Connections after the first.</summary>
    public long Reconnects => Math.Max(0, Counts[FeedCount.Connections] - 1);
}
