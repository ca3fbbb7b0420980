namespace LowLatencyPortfolio.Domain;

/// <summary>
/// What the whole engine may do. Stored; only ever loosened by an explicit resume. Ordered from loose to strict.
/// </summary>
/// <remarks>Source: SPEC 10, modes.</remarks>
public enum TradingMode : byte
{
    /// <summary>Entries, stops and exits.</summary>
    Trading = 0,

    /// <summary>Entries are refused and working entries cancelled; stops keep ratcheting.</summary>
    ReduceOnly = 1,

    /// <summary>
    /// As <see cref="ReduceOnly"/>, and resting stops stay where they are; missing stops are placed, exits sent.
    /// </summary>
    Halted = 2,
}
