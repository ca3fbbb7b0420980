namespace LowLatencyPortfolio.ExchangeSim.Wire;

/// <summary>Times and sizes of the WebSocket endpoints; Coinbase's own where they are known.</summary>
internal sealed record WireSettings
{
    /// <summary>A connection without a subscription after this is closed: 5 s.</summary>
    public TimeSpan SubscribeDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A connection to which nothing was sent for this long is closed; zero for never. 60 to 90 s at the
    /// venue.</summary>
    public TimeSpan IdleClose { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>Trades of this long go into one message; zero sends each at once.</summary>
    public TimeSpan TradeBatch { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Beat of heartbeats and candles.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Beats between two looks at <c>ticker_batch</c> and <c>status</c>.</summary>
    public int BeatsPerBatch { get; init; } = 5;

    /// <summary>Levels of the book on each side.</summary>
    public int BookLevels { get; init; } = 50;

    /// <summary>A connection with more messages waiting is closed as a slow consumer.</summary>
    public int MaximumQueued { get; init; } = 50_000;
}
