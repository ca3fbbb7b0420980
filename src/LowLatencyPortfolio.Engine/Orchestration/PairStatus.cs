namespace LowLatencyPortfolio.Engine;

/// <summary>How one pair stands. Money is quote currency.</summary>
public sealed record PairStatus
{
    /// <summary>The pair's product.</summary>
    public required string ProductId { get; init; }

    /// <summary>Held, base.</summary>
    public required decimal Held { get; init; }

    /// <summary>Newest accepted price; null before the first.</summary>
    public required decimal? LastPrice { get; init; }

    /// <summary>Cost ÷ held, 12 decimals, half-even; null when flat.</summary>
    public required decimal? EntryPrice { get; init; }

    /// <summary>Trigger of the highest stop that works; null without one.</summary>
    public required decimal? StopTrigger { get; init; }

    /// <summary>What is held cost, fees not included.</summary>
    public required decimal Cost { get; init; }

    /// <summary>Held at the newest price.</summary>
    public required decimal MarketValue { get; init; }

    /// <summary>Market value − cost.</summary>
    public required decimal UnrealizedPnl { get; init; }

    /// <summary>Results of sells and all fees, over every trade of the pair.</summary>
    public required decimal RealizedPnl { get; init; }

    /// <summary>Market value and what buys on their way may add.</summary>
    public required decimal Exposure { get; init; }

    /// <summary>Whether the pair is being closed.</summary>
    public required bool IsExiting { get; init; }
}
