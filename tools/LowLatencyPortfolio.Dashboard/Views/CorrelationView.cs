using System.Globalization;
using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary><c>correlation</c>: how much pairs move together, in which groups, and what that makes of the
/// positions.</summary>
internal static class CorrelationView
{
    private const double SecondsADay = 86_400;
    private const int JsonDecimals = 6;

    /// <summary>Makes the view.</summary>
    /// <param name="picture">The portfolio.</param>
    /// <param name="rows">The newest correlations that are stored; null where none are.</param>
    public static View Of(PortfolioPicture picture, CorrelationRows? rows)
    {
        HeldTogether held = HeldTogether.Of(picture, rows);
        return new View([.. Blocks(picture, rows, held)], new
        {
            closedAt = Shown.Iso(rows?.ClosedAtNs),
            candleSeconds = rows?.CandleSeconds,
            closes = rows?.Closes,
            effectiveCloses = Estimate(rows?.EffectiveCloses),
            meanCorrelation = Estimate(rows?.MeanCorrelation),
            shrinkage = Estimate(rows?.Shrinkage),
            pairs = Enumerable.Range(0, rows?.ProductIds.Length ?? 0).Select(i => new
            {
                productId = rows!.ProductIds[i],
                measured = rows.AreMeasured[i],
                volatility = Estimate(rows.Volatilities[i]),
                correlations = RowOf(rows, i).Select(correlation => Estimate(correlation)),
            }),
            measuredGroups = MeasuredGroupTable.Json(picture),
            valueAtRisk = held.ValueAtRisk,
            effectiveBets = held.EffectiveBets,
            unmeasuredValue = held.UnmeasuredValue,
        });
    }

    private static IEnumerable<Block> Blocks(PortfolioPicture picture, CorrelationRows? rows, HeldTogether held)
    {
        if (rows is null)
        {
            yield return new LineBlock(
                null, ["No correlations are stored: llp run --signals measures them, at each close of candles"]);
            yield break;
        }

        yield return new TableBlock(
            $"Correlations of returns over {rows.CandleSeconds} s",
            ["Product", ">Vol. a day", .. rows.ProductIds.Select(product => ">" + Short(product))],
            [.. Enumerable.Range(0, rows.ProductIds.Length).Select(i => Row(rows, i))], Total: null, Empty: "none");
        yield return MeasuredGroupTable.Of(picture);
        yield return new LineBlock(null, [.. held.Lines(picture.Portfolio.QuoteCurrency), .. Notes(rows)]);
    }

    private static IEnumerable<Cell> Notes(CorrelationRows rows)
    {
        yield return new Cell(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{rows.Closes:N0} closes, the newest counting most (as {rows.EffectiveCloses:N0} equal ones); ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"{rows.Shrinkage * 100:F0} % of each figure is the mean, {rows.MeanCorrelation:F2}"),
            Tone.Quiet);
        if (rows.AreMeasured.Contains(false))
        {
            yield return new Cell(
                "- where a pair has too few returns yet; it moves with no other until then", Tone.Quiet);
        }

        yield return new Cell($"As of the close of {Shown.Time(rows.ClosedAtNs)} UTC", Tone.Quiet);
    }

    private static Cell[] Row(CorrelationRows rows, int index) =>
    [
        rows.ProductIds[index],
        rows.Volatilities[index] > 0
            ? Shown.Percent((decimal)(rows.Volatilities[index] * Math.Sqrt(SecondsADay / rows.CandleSeconds) * 100))
            : Cell.None,
        .. RowOf(rows, index).Select((correlation, other) =>
            rows.AreMeasured[index] && rows.AreMeasured[other] ? Shown.Amount((decimal)correlation) : Cell.None),
    ];

    private static double[] RowOf(CorrelationRows rows, int index) =>
        rows.Correlations.AsSpan(index * rows.ProductIds.Length, rows.ProductIds.Length).ToArray();

    private static string Short(string productId) => productId.Split('-')[0];

    private static decimal? Estimate(double? value) =>
        value is { } known ? decimal.Round((decimal)known, JsonDecimals) : null;
}
