using System.Text;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Persistence;

/// <summary>What the writer needs of a product to turn ring units into text, made once.</summary>
internal sealed class ProductColumns(ProductSpec product)
{
    public byte[] ProductId { get; } = Encoding.UTF8.GetBytes(product.ProductId);

    public int PriceDecimals { get; } = product.PriceDecimals;

    public int QuantityDecimals { get; } = product.QuantityDecimals;

    /// <summary>
    /// Entry price for display: cost of what is held by quantity held, 12 decimals, half-even. With nothing held any
    /// more, what was bought stands in for it: the average price paid.
    /// </summary>
    public decimal EntryPrice(long heldUnits, decimal cost, long boughtUnits, decimal boughtValue)
    {
        (long units, decimal value) = heldUnits != 0 ? (heldUnits, cost) : (boughtUnits, boughtValue);
        return units == 0 ? 0m : decimal.Round(value / product.QuantityOf(units), 12, MidpointRounding.ToEven);
    }
}
