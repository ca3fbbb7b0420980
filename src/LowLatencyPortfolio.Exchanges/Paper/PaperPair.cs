namespace LowLatencyPortfolio.Exchanges.Paper;

/// <summary>What the paper exchange knows of one pair. Prices are ring units.</summary>
internal struct PaperPair
{
    /// <summary>Newest traded price; 0 before the first.</summary>
    public long LastPrice;

    /// <summary>Lowest tick that jumped over a stop's limit, while market sells after it are priced by it; 0 without
    /// one.</summary>
    public long GapPrice;

    /// <summary>Orders are multiples of it, and so are partial fills.</summary>
    public long QuantityIncrement;

    /// <summary>The order of prices inside a bar is not known: a market sell after a gap may not profit from the next
    /// tick.</summary>
    public bool PlayedFromBars;
}
