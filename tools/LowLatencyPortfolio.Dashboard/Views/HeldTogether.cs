using System.Globalization;
using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary>What the open positions risk together, at the stored prices and by the stored correlations.</summary>
/// <param name="Heat">
/// What would be lost if every stop that works were hit at its trigger; what none of them would sell is unprotected.
/// </param>
/// <param name="ValueAtRisk">
/// Loss of a day at 99 %, quote, to the cent; null without correlations, and where nothing that is held is measured.
/// </param>
/// <param name="EffectiveBets">
/// How many equal, independent positions would risk as much, two decimals; null as the value at risk.
/// </param>
/// <param name="UnmeasuredValue">
/// Market value that is in neither, because its pairs are not measured; null without correlations.
/// </param>
/// <param name="Positions">Open positions.</param>
internal sealed record HeldTogether(
    PortfolioHeat Heat, decimal? ValueAtRisk, decimal? EffectiveBets, decimal? UnmeasuredValue, int Positions)
{
    private const double SecondsADay = 86_400;

    /// <summary>Measures the heat alone, which takes no correlations.</summary>
    public static PortfolioHeat HeatOf(PortfolioPicture picture) =>
        PortfolioHeat.Of([.. picture.Pairs.Select(pair => pair.Risk)]);

    /// <summary>Measures.</summary>
    public static HeldTogether Of(PortfolioPicture picture, CorrelationRows? correlations)
    {
        PairPicture[] open = [.. picture.Pairs.Where(pair => pair.Open is not null)];
        PortfolioHeat heat = HeatOf(picture);
        if (correlations is null)
        {
            return new HeldTogether(heat, null, null, null, open.Length);
        }

        Dictionary<string, decimal> valueOf =
            open.ToDictionary(pair => pair.Product.ProductId, pair => pair.MarketValue, StringComparer.Ordinal);
        double[] values =
            [.. correlations.ProductIds.Select(product => (double)valueOf.GetValueOrDefault(product))];
        PortfolioRisk risk = PortfolioRisk.Measure(
            correlations.Correlations, correlations.Volatilities, correlations.AreMeasured, values,
            RiskReadings.Confidence, SecondsADay / correlations.CandleSeconds);
        decimal elsewhere = valueOf.Values.Sum() - (decimal)values.Sum();
        bool isUnknown = risk.IsUnknown || (open.Length > 0 && values.Sum() <= 0);
        return new HeldTogether(
            heat, isUnknown ? null : Rounded(risk.ValueAtRisk), isUnknown ? null : Rounded(risk.EffectiveBets),
            Rounded(risk.UnmeasuredValue) + Math.Max(0m, decimal.Round(elsewhere, 2)), open.Length);
    }

    /// <summary>The heat for a person.</summary>
    public static Cell HeatLine(PortfolioHeat heat, string currency) =>
        $"Heat: {Shown.Amount(heat.Amount)} {currency} to the stops, "
        + $"{Shown.Amount(heat.UnprotectedValue)} {currency} without a stop";

    /// <summary>The same for a person.</summary>
    public IEnumerable<Cell> Lines(string currency)
    {
        yield return HeatLine(Heat, currency);
        if (UnmeasuredValue is { } unmeasured)
        {
            string loss = ValueAtRisk is { } known ? $"{Shown.Amount(known)} {currency}" : "-";
            string bets = EffectiveBets?.ToString("F1", CultureInfo.InvariantCulture) ?? "-";
            yield return $"Value at risk of a day, 99 %: {loss} | Effective bets: {bets} of {Positions} "
                + (Positions == 1 ? "position" : "positions")
                + (unmeasured > 0m ? $" | not measured: {Shown.Amount(unmeasured)} {currency}" : "");
        }
    }

    private static decimal Rounded(double estimate) => decimal.Round((decimal)estimate, 2);
}
