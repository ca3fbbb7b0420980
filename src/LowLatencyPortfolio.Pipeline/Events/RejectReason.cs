namespace LowLatencyPortfolio.Pipeline;

/// <summary>Why the venue did not take an order.</summary>
public enum RejectReason : byte
{
    /// <summary>Not a rejection, or the venue did not say.</summary>
    None = 0,

    /// <summary>A sell stop whose trigger is at or above the last price: it counts as hit.</summary>
    StopThroughMarket = 1,

    /// <summary>Not enough free quote for a buy, or free base for a sell.</summary>
    InsufficientFunds = 2,

    /// <summary>By chance, as the paper exchange's <c>rejectionRate</c> asks.</summary>
    Chance = 3,

    /// <summary>The venue's product state forbids it now.</summary>
    ProductState = 4,

    /// <summary>The order to be replaced or cancelled is already done.</summary>
    OrderIsDone = 5,

    /// <summary>Size, price or notional outside what the venue allows.</summary>
    InvalidOrder = 6,

    /// <summary>Asked too often.</summary>
    RateLimited = 7,

    /// <summary>Not a rejection: the order was cancelled, and nobody of ours asked for it.</summary>
    CancelledByOther = 8,

    /// <summary>Not a rejection: we cancelled an entry that had waited too long for its fill.</summary>
    WaitedTooLong = 9,

    /// <summary>
    /// The venue does not take orders of this kind in the product, whatever their size and price: a stop refused so is
    /// not tried again.
    /// </summary>
    KindRefused = 10,

    /// <summary>
    /// Not a rejection: a move of a stop waited too long for its turn. It was never sent, and was decided anew.
    /// </summary>
    WaitedForTurn = 11,
}
