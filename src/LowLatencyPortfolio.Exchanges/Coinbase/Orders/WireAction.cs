namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>What is asked of the venue about an order.</summary>
internal enum WireAction : byte
{
    /// <summary>Place it.</summary>
    Create = 1,

    /// <summary>Cancel it.</summary>
    Cancel = 2,

    /// <summary>Would the order it replaces take its price, size and trigger?</summary>
    EditPreview = 3,

    /// <summary>Give the order it replaces its price, size and trigger.</summary>
    Edit = 4,
}
