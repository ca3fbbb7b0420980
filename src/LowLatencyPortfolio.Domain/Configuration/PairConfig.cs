namespace LowLatencyPortfolio.Domain;

/// <summary>
/// How one pair is traded and protected. A name ending in <c>Pct</c> with a range up to 100 is percent (<c>2</c> is
/// 2 %); <see cref="TrailPct"/>, <see cref="StopLimitBufferPct"/> and <see cref="MinRatchet"/> are fractions
/// (<c>0.02</c> is 2 %).
/// </summary>
/// <remarks>Thread: immutable. Ranges: SPEC 16, checked by <c>ConfigurationCheck</c>.</remarks>
public sealed record PairConfig
{
    /// <summary>The venue's product, such as <c>BTC-USD</c>.</summary>
    public required string ProductId { get; init; }

    /// <summary>Whether entries are allowed. A disabled pair's position keeps its stop.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// Size of an entry, percent of the portfolio's total capital, above 0 to <c>MaxPositionSizePct</c>.
    /// </summary>
    public decimal PositionSizePct { get; init; } = 2m;

    /// <summary>Distance of the stop's trigger below the highest price, fraction in [0.002, 0.5].</summary>
    public decimal TrailPct { get; init; } = 0.02m;

    /// <summary>Distance of the stop's limit below its trigger, fraction in [0, 0.2].</summary>
    public decimal StopLimitBufferPct { get; init; } = 0.02m;

    /// <summary>
    /// Smallest rise of the trigger worth replacing the stop for, fraction of the trigger in [0, 0.1].
    /// </summary>
    public decimal MinRatchet { get; init; } = 0.005m;

    /// <summary>Indicator votes of three that an entry needs, 1 to 3.</summary>
    public int EntryConfirmationLevel { get; init; } = 2;

    /// <summary>
    /// Candles an unfilled limit entry may wait before it is cancelled, at least 1; whoever asked for the entry.
    /// Where no candles are built, the intervals of rebalances count instead; a replay without either lets it wait.
    /// </summary>
    public int MaxEntryWaitCandles { get; init; } = 5;

    /// <summary>Name of the group whose exposure is limited together; null makes the pair a group of its own.</summary>
    public string? CorrelationGroup { get; init; }

    /// <summary>Farthest an entry's limit may be from the last price, percent, above 0 to 100.</summary>
    public decimal EntryCollarPct { get; init; } = 2m;

    /// <summary>
    /// Farthest a tick may be from the last accepted one before it is held back, percent, above 0 to 100.
    /// </summary>
    public decimal TickCollarPct { get; init; } = 20m;

    /// <summary>Oldest price an entry may rely on, seconds; null takes 30 live and 600 on bars.</summary>
    public int? MaxPriceAgeSeconds { get; init; }

    /// <summary>
    /// Most entries within 3,600 seconds, 1 to 1,000: each takes room in memory and in every checkpoint.
    /// </summary>
    public int MaxEntriesPerHour { get; init; } = 3;

    /// <summary>
    /// Seconds a triggered stop may stay unfilled before it is cancelled and sold at the market, at least 1.
    /// </summary>
    public int StopFillTimeoutSeconds { get; init; } = 5;

    /// <summary>Seconds without a resting stop before the alarm, at least 1.</summary>
    public int NakedBudgetSeconds { get; init; } = 2;

    /// <summary>
    /// Seconds without a resting stop before the position is sold at the market, at least
    /// <see cref="NakedBudgetSeconds"/>.
    /// </summary>
    public int NakedExitSeconds { get; init; } = 15;
}
