using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Engine.Recording;

/// <summary>A product as a recording keeps it.</summary>
internal sealed record RecordedProduct(
    string ProductId, decimal PriceIncrement, decimal QuantityIncrement, decimal MinQuantity, decimal MinNotional)
{
    public static RecordedProduct Of(ProductSpec product) => new(
        product.ProductId, product.PriceIncrement, product.QuantityIncrement, product.MinQuantity, product.MinNotional);

    public ProductSpec ToSpec() => new(ProductId, PriceIncrement, QuantityIncrement, MinQuantity, MinNotional);
}
