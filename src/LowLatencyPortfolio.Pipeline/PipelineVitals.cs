namespace LowLatencyPortfolio.Pipeline;

/// <summary>What an operator watches beside the portfolio's figures, as it is now.</summary>
/// <remarks>
/// Each figure is one that a stage had a moment ago; together they may be of different moments. Ages are of event time.
/// </remarks>
public readonly record struct PipelineVitals
{
    /// <summary>Orders that are not finished: on their way, resting, or of unknown fate.</summary>
    public required int OpenOrders { get; init; }

    /// <summary>Pairs whose feed is down.</summary>
    public required int PairsDown { get; init; }

    /// <summary>Whether the venue's messages about our orders come; true where a venue never says otherwise.</summary>
    public required bool IsUserChannelUp { get; init; }

    /// <summary>Whether our clock and the venue's differ.</summary>
    public required bool IsClockSkewed { get; init; }

    /// <summary>Whether a question to the venue failed when it was asked last.</summary>
    public required bool AreQuestionsFailing { get; init; }

    /// <summary>Whether the venue was asked about everything; true where a venue never says otherwise.</summary>
    public required bool IsReconciled { get; init; }

    /// <summary>When the newest price of any pair was accepted, ns UTC; 0 before the first.</summary>
    public required long NewestPriceAtNs { get; init; }

    /// <summary>When the oldest price of a pair that is held was accepted, ns UTC; 0 when nothing is held.</summary>
    public required long OldestHeldPriceAtNs { get; init; }

    /// <summary>Since when the position that has been without a working stop longest is, ns UTC; 0 for none.</summary>
    public required long NakedSinceNs { get; init; }
}
