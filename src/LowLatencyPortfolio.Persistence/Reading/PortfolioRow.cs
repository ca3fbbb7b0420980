using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Persistence;

/// <summary>The row of <c>portfolio</c>, as of its last change. Money in the quote currency.</summary>
/// <param name="TotalCapital">Configured capital.</param>
/// <param name="QuoteCurrency">The one quote currency.</param>
/// <param name="Mode">Trading mode.</param>
/// <param name="BreakerBase">What the loss breaker measures against.</param>
/// <param name="Equity">Equity.</param>
/// <param name="Realized">Realized in all, fees included.</param>
/// <param name="UpdatedAtNs">Event time of the last change, ns UTC; 0 before the first.</param>
public sealed record PortfolioRow(
    decimal TotalCapital, string QuoteCurrency, TradingMode Mode, decimal BreakerBase,
    decimal Equity, decimal Realized, long UpdatedAtNs);
