using System.Globalization;
using LowLatencyPortfolio.Engine;

namespace LowLatencyPortfolio.Host.Report;

/// <summary>What the open positions risk together, as far as it was measured.</summary>
internal static class RiskSection
{
    private const int MostColumns = 110;

    /// <summary>Writes the section; nothing where correlations were not measured.</summary>
    public static void Write(TextWriter to, ReportInput input)
    {
        if (input.Result.Signals?.Risk is not { } risk)
        {
            return;
        }

        string currency = input.Portfolio.QuoteCurrency;
        to.WriteLine();
        to.WriteLine("Risk of what is held (value at risk and bets are estimates)");
        to.WriteLine($"  {Heat(risk, currency)}");
        to.WriteLine(
            $"  Value at risk of a day, 99 %: {Estimate(risk.ValueAtRisk, currency)}, by the closes remembered: "
            + (risk.HistoricalValueAtRisk is { } historical ? Estimate(historical, currency) : "too few yet"));
        to.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  Effective bets: {Bets(risk)} | Measured: {risk.MeasuredPairs} pairs over {risk.Closes:N0} ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"closes, mean correlation {risk.MeanCorrelation:F2} | Changes of group: {risk.GroupChanges:N0}"));
        if (risk.UnmeasuredValue > 0)
        {
            to.WriteLine(
                $"  In neither, because not measured yet: {Estimate(risk.UnmeasuredValue, currency)} of what is held");
        }

        foreach (IReadOnlyList<string> group in risk.Groups)
        {
            to.WriteLine($"  Measured group: {Members(group)}");
        }
    }

    private static string Heat(RiskReadings risk, string currency)
    {
        string share = risk.HeatPct is { } percent ? $" ({Money.Percent(percent).TrimStart('+')} of equity)" : "";
        return $"Heat: {Money.Cents(risk.Heat.Amount, currency)} to the stops, "
            + $"{Money.Cents(risk.Heat.UnprotectedValue, currency)} without a stop{share}";
    }

    private static string Estimate(double? amount, string currency) =>
        amount is { } known ? Money.Whole((decimal)known, currency) : "-";

    private static string Bets(RiskReadings risk) =>
        risk.EffectiveBets?.ToString("F1", CultureInfo.InvariantCulture) ?? "-";

    private static string Members(IReadOnlyList<string> group)
    {
        int shown = group.Count;
        while (shown > 1 && Text(group, shown).Length > MostColumns - "  Measured group: ".Length)
        {
            shown--;
        }

        return Text(group, shown);
    }

    private static string Text(IReadOnlyList<string> group, int shown) => string.Join(", ", group.Take(shown))
        + (shown < group.Count ? $" and {group.Count - shown} more" : string.Empty);
}
