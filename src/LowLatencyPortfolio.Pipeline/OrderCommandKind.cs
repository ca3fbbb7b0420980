namespace LowLatencyPortfolio.Pipeline;

/// <summary>What a gateway is asked to do.</summary>
public enum OrderCommandKind : byte
{
    /// <summary>Place a new order.</summary>
    Place = 1,

    /// <summary>Cancel the order <c>Sequence</c>.</summary>
    Cancel = 2,

    /// <summary>Cancel the order <c>Replaces</c> and place the order <c>Sequence</c> in its stead.</summary>
    Replace = 3,
}
