namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>How the prices of a scaled order's children lie between its lowest and its highest.</summary>
public enum LadderPrices
{
    /// <summary>Equal distances.</summary>
    Flat,

    /// <summary>Each distance is one share wider than the one below it.</summary>
    Increasing,

    /// <summary>Each distance is one share narrower than the one below it.</summary>
    Decreasing,

    /// <summary>The request names every child.</summary>
    Custom,
}
