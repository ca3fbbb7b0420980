namespace LowLatencyPortfolio.Exchanges;

/// <summary>One trade at a venue, as a feed hands it over. Price and quantity are ring units of the product.</summary>
/// <remarks>Plain data, copied by value. Size: 40 bytes.</remarks>
public struct MarketTick
{
    /// <summary>Index of the pair.</summary>
    public int Product;

    /// <summary>When it traded, ns since the Unix epoch, UTC.</summary>
    public long TimeNs;

    /// <summary>Traded price, above 0.</summary>
    public long Price;

    /// <summary>Traded quantity; 0 for a tick of a bar without volume.</summary>
    public long Quantity;

    /// <summary>The venue's trade number; 0 when unknown.</summary>
    public long TradeKey;
}
