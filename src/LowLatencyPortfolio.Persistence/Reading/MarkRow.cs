namespace LowLatencyPortfolio.Persistence;

/// <summary>A row of <c>marks</c>: the newest price of a product that was written down.</summary>
/// <param name="ProductId">The venue's product.</param>
/// <param name="Price">Newest accepted price at that time, quote per base, above 0.</param>
/// <param name="KnownAtNs">Event time at which it was the newest, ns UTC; the trade itself may be older.</param>
public sealed record MarkRow(string ProductId, decimal Price, long KnownAtNs);
