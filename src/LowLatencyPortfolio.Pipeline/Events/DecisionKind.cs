namespace LowLatencyPortfolio.Pipeline;

/// <summary>What the ratchet decided about the event's pair; at most one per event.</summary>
/// <remarks>The number of each value is part of the state hash; never renumber.</remarks>
public enum DecisionKind : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A first or an additional stop for <c>DecisionQuantity</c> at <c>DecisionTrigger</c>.</summary>
    PlaceStop = 1,

    /// <summary>One stop for <c>DecisionQuantity</c> at <c>DecisionTrigger</c> in place of all that rest.</summary>
    ReplaceStop = 2,

    /// <summary>Cancel every working order of the pair; the exit follows when they are gone.</summary>
    CancelForExit = 3,

    /// <summary>Sell <c>DecisionQuantity</c> at the market.</summary>
    SellAtMarket = 4,

    /// <summary>Cancel the pair's working entries.</summary>
    CancelEntries = 5,

    /// <summary>
    /// The market order was refused for the product's state: sell <c>DecisionQuantity</c> at once at
    /// <c>DecisionLimit</c> or better.
    /// </summary>
    SellLimitIoc = 6,

    /// <summary>
    /// That was refused too: a sell of <c>DecisionQuantity</c> that rests at <c>DecisionLimit</c> if it must.
    /// </summary>
    SellLimit = 7,

    /// <summary>
    /// Cancel the sell of an exit that rests or is overdue, which begins again when it is gone, or the sell of a part
    /// that is overdue.
    /// </summary>
    CancelExit = 8,

    /// <summary>
    /// The position cannot be sold in the product's present state: what rests stays, and the exit waits.
    /// </summary>
    WaitForVenue = 9,

    /// <summary>Cancel the entry <c>DecisionOrder</c>, which has waited too long for its fill.</summary>
    CancelOverdue = 10,

    /// <summary>
    /// One stop for <c>DecisionQuantity</c>, less than is held, at <c>DecisionTrigger</c> in place of all that rest;
    /// the rest is sold when it works.
    /// </summary>
    ShrinkStop = 11,

    /// <summary>Sell <c>DecisionQuantity</c>, a part that no stop covers any more, at the market.</summary>
    SellPart = 12,
}
