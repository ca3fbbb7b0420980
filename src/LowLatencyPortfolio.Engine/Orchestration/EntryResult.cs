using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Engine;

/// <summary>What became of one entry.</summary>
/// <param name="ProductId">The product it was for.</param>
/// <param name="Verdict">
/// <see cref="RiskVerdict.Approved"/> when it was sent, <see cref="RiskVerdict.None"/> when the signal did not ask to
/// enter, else the limit that refused it.
/// </param>
/// <param name="OrderId">
/// The venue's name of the order, <c>llp-engineId-epoch-sequence</c>; null when nothing was sent.
/// </param>
public sealed record EntryResult(string ProductId, RiskVerdict Verdict, string? OrderId)
{
    /// <summary>Whether an order was sent.</summary>
    public bool IsSent => OrderId is not null;
}
