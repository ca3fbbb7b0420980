namespace LowLatencyPortfolio.Signals;

/// <summary>How one pair stood at one moment, for a <see cref="ISignalGenerator"/>.</summary>
/// <remarks>Thread: immutable.</remarks>
public sealed record MarketSnapshot
{
    /// <summary>The pair's product.</summary>
    public required string ProductId { get; init; }

    /// <summary>Event time of the figures.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Newest accepted price, quote; null before the first.</summary>
    public decimal? LastPrice { get; init; }

    /// <summary>Held, base; 0 when flat.</summary>
    public decimal Held { get; init; }

    /// <summary>Average price paid for what is held, quote; null when flat.</summary>
    public decimal? EntryPrice { get; init; }

    /// <summary>Trigger of the highest stop that works, quote; null without one.</summary>
    public decimal? StopTrigger { get; init; }

    /// <summary>Whether the pair is being closed; entries are refused until it is flat.</summary>
    public bool IsExiting { get; init; }

    /// <summary>
    /// The last closed candles, oldest first, so that <c>Candles[^1]</c> is the newest; empty before the first.
    /// </summary>
    public IReadOnlyList<MarketCandle> Candles { get; init; } = [];

    /// <summary>The indicators after the newest candle; null before the first.</summary>
    public IndicatorValues? Indicators { get; init; }

    /// <summary>The votes for an entry after the newest candle; null before the first.</summary>
    public EntryVotes? Votes { get; init; }

    /// <summary>
    /// The fused model's calibrated probability, 0 to 1, that the price rises by more than <see
    /// cref="FusionOptions.CostThreshold"/> within <see cref="FusionOptions.HorizonCloses"/> candles, said at the
    /// newest close; null where the model is off, warms up, or misses an indicator.
    /// </summary>
    public double? RiseProbability { get; init; }
}
