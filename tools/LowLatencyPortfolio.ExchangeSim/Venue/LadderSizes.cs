namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>How the sizes of a scaled order's children change from its lowest price to its highest.</summary>
public enum LadderSizes
{
    Unknown,
    Increasing,
    Decreasing,
    Even,

    /// <summary>The request names every child.</summary>
    Custom,
}
