namespace LowLatencyPortfolio.Host.Live;

/// <summary>A position that the database says is ours.</summary>
/// <param name="BaseCurrency">What is held.</param>
/// <param name="Quantity">How much, base.</param>
/// <param name="Price">Last price at the venue, quote per base; 0 when it names none.</param>
internal readonly record struct HeldPosition(string BaseCurrency, decimal Quantity, decimal Price);
