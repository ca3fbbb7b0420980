namespace LowLatencyPortfolio.Host.Run;

/// <summary>A product as its data file shows it.</summary>
/// <param name="ProductId">Taken from the file's name.</param>
/// <param name="PriceIncrement">Smallest step that the significant decimals of its prices show.</param>
/// <param name="QuantityIncrement">Smallest step that the significant decimals of its quantities show.</param>
internal readonly record struct DataProduct(string ProductId, decimal PriceIncrement, decimal QuantityIncrement);
