namespace LowLatencyPortfolio.Domain;

/// <summary>Whether a fill gave or took liquidity; it decides the fee rate.</summary>
public enum Liquidity : byte
{
    /// <summary>Not a fill, or the venue did not say.</summary>
    None = 0,

    /// <summary>The order rested and was hit.</summary>
    Maker = 1,

    /// <summary>The order crossed the spread.</summary>
    Taker = 2,
}
