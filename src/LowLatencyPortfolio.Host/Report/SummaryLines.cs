using System.Globalization;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Host.Report;

/// <summary>The portfolio in three lines.</summary>
internal static class SummaryLines
{
    /// <summary>Such as <c>Total: $100,000 | Deployed: $45,000 | Available: $55,000</c>.</summary>
    public static string Capital(PortfolioMetrics metrics, string currency) =>
        $"Total: {Money.Whole(metrics.TotalCapital, currency)}"
        + $" | Deployed: {Money.Whole(metrics.DeployedCapital, currency)}"
        + $" | Available: {Money.Whole(metrics.AvailableCapital, currency)}";

    /// <summary>Such as <c>Active Positions: 3 | Closed: 12 | Win Rate: 62%</c>; <c>n/a</c> before a trade
    /// closed.</summary>
    public static string Positions(PortfolioMetrics metrics)
    {
        string winRate = metrics.WinRatePct is { } rate
            ? string.Create(CultureInfo.InvariantCulture, $"{rate:F0}%")
            : "n/a";
        return $"Active Positions: {metrics.ActivePositions} | Closed: {metrics.ClosedPositions} | Win Rate: {winRate}";
    }

    /// <summary>Such as <c>Equity: $99,500.00 | Realized: -$600.00 | Unrealized: +$100.00 | Fees: $80.00</c>.</summary>
    public static string Result(PortfolioMetrics metrics, string currency) =>
        $"Equity: {Money.Cents(metrics.Equity, currency)}"
        + $" | Realized: {Money.Signed(metrics.RealizedPnl, currency)}"
        + $" | Unrealized: {Money.Signed(metrics.UnrealizedPnl, currency)}"
        + $" | Fees: {Money.Cents(metrics.Fees, currency)}";
}
