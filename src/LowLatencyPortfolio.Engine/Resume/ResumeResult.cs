using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Engine;

/// <summary>What an instruction to trade again came to.</summary>
/// <param name="Before">The mode it found.</param>
/// <param name="After">The mode it left; anything but <see cref="TradingMode.Trading"/> is a refusal.</param>
/// <param name="Equity">E, quote.</param>
/// <param name="BreakerBase">What the loss limit is a percentage of now, quote.</param>
/// <param name="Floor">F: at or below it trading stays stopped, quote.</param>
/// <param name="QuoteCurrency">Unit of the amounts.</param>
public sealed record ResumeResult(
    TradingMode Before, TradingMode After, decimal Equity, decimal BreakerBase, decimal Floor, string QuoteCurrency)
{
    /// <summary>
    /// Whether entries waited for a person, because of an order that could not be explained, and are allowed again from
    /// the next start on.
    /// </summary>
    public bool EntriesAllowed { get; init; }

    /// <summary>
    /// Whether the portfolio trades at a venue, and the next start, which looks there first, lets it trade again; the
    /// modes say how it stands until then.
    /// </summary>
    public bool IsLeftToNextStart { get; init; }
}
