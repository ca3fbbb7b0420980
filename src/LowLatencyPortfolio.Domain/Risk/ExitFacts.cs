namespace LowLatencyPortfolio.Domain;

/// <summary>
/// Everything the risk gate may look at before a sell goes. No missing price, mode or journal ever blocks an exit.
/// </summary>
/// <remarks>Thread: one owner. Allocation: none. Quantities are ring units of the pair's base.</remarks>
public struct ExitFacts
{
    /// <summary>The sell would trade against one of our own orders.</summary>
    public bool CrossesOwnOrder;

    /// <summary>The order-rate budget, the part kept for exits and stops included, has room for one more.</summary>
    public bool OrderBudget;

    /// <summary>Quantity to sell, ring units.</summary>
    public long Quantity;

    /// <summary>Quantity held, ring units.</summary>
    public long Held;

    /// <summary>
    /// Unfilled quantity of our sells that are sent and not ended, ring units; without the order this one replaces.
    /// </summary>
    public long LiveSells;

    /// <summary>Unfilled quantity of our sells in an unknown state, ring units.</summary>
    public long UnknownSells;
}
