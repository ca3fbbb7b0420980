namespace LowLatencyPortfolio.Domain;

/// <summary>How an order meets the market.</summary>
public enum OrderType : byte
{
    /// <summary>Trades at its limit price or better and rests otherwise, good till cancelled.</summary>
    Limit = 0,

    /// <summary>Trades at once at what the market offers.</summary>
    Market = 1,

    /// <summary>
    /// Sleeps until a trade at or beyond its trigger, then acts as a limit order, good till cancelled.
    /// </summary>
    StopLimit = 2,

    /// <summary>Trades at its limit price or better at once; what is left ends.</summary>
    LimitIoc = 3,
}
