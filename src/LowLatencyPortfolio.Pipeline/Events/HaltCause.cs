namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Why entries of all pairs are halted until something is done about it; the detail of an <c>ENTRIES_HALTED</c> row,
/// in upper snake case.
/// </summary>
public enum HaltCause : byte
{
    /// <summary>Nothing that is journaled: a start that goes on with what an earlier one found.</summary>
    None = 0,

    /// <summary>An order at the venue has another product, side, size or price than was asked for.</summary>
    OrderDiffers = 1,

    /// <summary>An order traded more than it was for.</summary>
    OrderOverfilled = 2,

    /// <summary>The id of an order of ours stands for another order.</summary>
    OrderIdTaken = 3,

    /// <summary>An entry of this engine is at the venue that no row knows; entries are written down first.</summary>
    EntryUnknown = 4,

    /// <summary>The venue refuses the key. Ends by itself when it is accepted again.</summary>
    KeyRefused = 5,
}
