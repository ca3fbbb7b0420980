namespace LowLatencyPortfolio.Pipeline;

/// <summary>The grid of a pair as the venue last gave it, ring units.</summary>
/// <param name="Price">Price increment.</param>
/// <param name="Quantity">Quantity increment.</param>
internal readonly record struct PairSteps(long Price, long Quantity)
{
    public static PairSteps Of(PairSetup setup) =>
        new(setup.Product.PriceIncrementUnits, setup.Product.QuantityIncrementUnits);
}
