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

    /// <summary>Cancel the entry <c>DecisionOrder</c>, which has waited too long for its fill.</summary>
    CancelOverdue = 10,
}
