namespace LowLatencyPortfolio.Domain;

/// <summary>One pair as a rebalance sees it.</summary>
/// <param name="Product">Increment and minimum sizes.</param>
/// <param name="PositionSizePct">Its configured weight, percent of the capital.</param>
/// <param name="Quantity">Base held, at least 0; a position that is being closed is left out with 0.</param>
/// <param name="Mark">Quote per base; 0 when no price is known.</param>
public readonly record struct RebalancePosition(
    ProductSpec Product, decimal PositionSizePct, decimal Quantity, decimal Mark)
{
    /// <summary>
    /// Base that buys on their way have not bought yet, at least 0: an increase counts it as held, a decrease does not.
    /// </summary>
    public decimal Buying { get; init; }

    /// <summary>Whether it holds something that could be sold.</summary>
    public bool IsOpen => !Product.IsTooSmallToSell(Quantity, Mark);
}
