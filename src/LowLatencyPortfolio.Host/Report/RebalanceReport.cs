using System.Globalization;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Host.Report;

/// <summary>What rebalances did, where they are switched on or there were any.</summary>
internal static class RebalanceReport
{
    /// <summary>Writes the section; nothing without rebalances.</summary>
    public static void Write(TextWriter to, ReportInput input)
    {
        if (input.Rebalances is not { } rebalances)
        {
            return;
        }

        to.WriteLine();
        if (!rebalances.IsAny)
        {
            to.WriteLine("Rebalances: none");
            return;
        }

        string currency = input.Portfolio.QuoteCurrency;
        to.WriteLine("Rebalances (what they traded is in the averages, fees and profits above)");
        TextTable table = new(">Count", "What", $">Traded {currency}", $">Fees {currency}");
        table.Add(
            Text(rebalances.Increases), "increases begun", Amount(rebalances.Bought), Amount(rebalances.BuyFees));
        table.Add(
            Text(rebalances.Reductions), "reductions begun", Amount(rebalances.Sold), Amount(rebalances.SellFees));
        AddIf(table, rebalances.ToLimit, "  of a position above maxPositionSizePct");
        table.Add(Text(rebalances.Sells), "  whose sell left", string.Empty, string.Empty);
        AddIf(table, rebalances.Ended, "  that ended before their sell left");
        foreach ((RiskVerdict verdict, int count) in rebalances.Refused)
        {
            AddIf(table, count, $"refused: {RefusalSection.Words(verdict)}");
        }

        table.Write(to);
    }

    private static void AddIf(TextTable table, int count, string what)
    {
        if (count > 0)
        {
            table.Add(Text(count), what, string.Empty, string.Empty);
        }
    }

    private static string Amount(decimal amount) => Money.SignedNumber(amount).TrimStart('+');

    private static string Text(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
