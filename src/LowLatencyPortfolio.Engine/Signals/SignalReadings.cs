using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Engine;

/// <summary>What signals came to so far.</summary>
/// <remarks>
/// Thread: immutable. Counted since the database was made; live also anew after a crash, and with other settings.
/// </remarks>
public sealed record SignalReadings
{
    /// <summary>Candle closes at which signals were asked for.</summary>
    public required long Rounds { get; init; }

    /// <summary>Candle closes that were dropped because earlier ones were still being judged.</summary>
    public required long RoundsDropped { get; init; }

    /// <summary>Closed candles, over all pairs.</summary>
    public required long Candles { get; init; }

    /// <summary>Votes that those candles cast, of three each.</summary>
    public required long Votes { get; init; }

    /// <summary>Candles that no signal saw because the next of their pair overtook them.</summary>
    public required long CandlesLost { get; init; }

    /// <summary>Ticks that came after their candle was closed; they are in none.</summary>
    public required long LateTicks { get; init; }

    /// <summary>Answers of the generator, one a pair and round.</summary>
    public required long Answered { get; init; }

    /// <summary>Times the generator threw, or answered about another pair.</summary>
    public required long Failed { get; init; }

    /// <summary>Times it did not answer within the deadline.</summary>
    public required long LateAnswers { get; init; }

    /// <summary>Answers that asked to enter.</summary>
    public required long Proposed { get; init; }

    /// <summary>Entries that were held back before the risk gate, by reason; reasons that never held are
    /// absent.</summary>
    public required IReadOnlyDictionary<EntryHold, long> HeldBack { get; init; }

    /// <summary>Entries that were given to the risk gate.</summary>
    public required long Submitted { get; init; }

    /// <summary>
    /// What was said of them: <see cref="RiskVerdict.Approved"/> when they were sent, else the first limit they broke.
    /// </summary>
    public required IReadOnlyDictionary<RiskVerdict, long> Verdicts { get; init; }

    /// <summary>
    /// What the positions risk together after the newest close that was measured; null where nothing is measured.
    /// </summary>
    public RiskReadings? Risk { get; init; }

    /// <summary>What the fused model came to; null where it is off.</summary>
    public FusionReadings? Fusion { get; init; }

    /// <summary>The pairs whose signals failed or were late, by product.</summary>
    public required IReadOnlyList<PairSignalFaults> Faults { get; init; }
}
