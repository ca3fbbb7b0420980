namespace LowLatencyPortfolio.Signals;

/// <summary>
/// One judgement about one pair: a proposal to buy, or not to. What becomes of it is the risk gate's business.
/// </summary>
/// <remarks>Thread: immutable.</remarks>
public sealed record EntrySignal
{
    private readonly decimal _confidence;

    /// <summary>The product judged.</summary>
    public required string ProductId { get; init; }

    /// <summary>Whether to buy.</summary>
    public bool ShouldEnter { get; init; }

    /// <summary>How sure the judgement is, in [0, 1]; 1 is sure.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Outside [0, 1].</exception>
    public decimal Confidence
    {
        get => _confidence;
        init => _confidence = value is >= 0m and <= 1m
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, "confidence must be in [0, 1] (0.8 means 80 %)");
    }

    /// <summary>Highest price to pay, quote; null buys at the market.</summary>
    public decimal? LimitPrice { get; init; }

    /// <summary>Quantity to buy, base; null takes the pair's configured size.</summary>
    public decimal? Quantity { get; init; }

    /// <summary>Why, for people.</summary>
    public string Reason { get; init; } = string.Empty;
}
