using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Host.Report;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary><c>risk</c>: each limit with use and headroom.</summary>
internal static class RiskView
{
    /// <summary>Makes the view.</summary>
    /// <param name="picture">The portfolio.</param>
    /// <param name="modeSinceNs">When the mode last changed, ns UTC; null when it never did.</param>
    /// <param name="correlations">The newest that are stored; null where none are.</param>
    public static View Of(PortfolioPicture picture, long? modeSinceNs, CorrelationRows? correlations = null)
    {
        HeldTogether held = HeldTogether.Of(picture, correlations);
        LimitLine[] lines = [.. LimitLines.Of(picture)];
        string currency = picture.Portfolio.QuoteCurrency;
        return new View(
            [
                new LineBlock(null, [Mode(picture, modeSinceNs)]),
                new TableBlock(
                    $"Limits ({currency}, or a count)",
                    ["Limit", "Of", ">Used", ">Allowed", ">Headroom", ">Used %"],
                    [.. lines.Select(Row)], Total: null, Empty: string.Empty),
                new LineBlock(null, [.. held.Lines(picture.Portfolio.QuoteCurrency)]),
                new LineBlock(null, [.. Notes(picture)]),
            ],
            new
            {
                at = Shown.Iso(picture.AtNs),
                pricesAt = Shown.Iso(picture.PricesKnownAtNs),
                quoteCurrency = currency,
                mode = picture.Portfolio.Mode,
                modeSince = Shown.Iso(modeSinceNs),
                equity = picture.Metrics.Equity,
                breakerBase = picture.Portfolio.BreakerBase,
                dailyLossPct = picture.Limits.Portfolio.DailyLossPct,
                dayFirstEquity = picture.Equity?.Bases.DayFirst,
                highestEquity = picture.Equity?.Bases.Highest,
                maxDrawdownPct = picture.Equity?.Bases.MaxDrawdownPct,
                limitsAreStored = picture.Limits.AreStored,
                heat = held.Heat.Amount,
                heatUnprotected = held.Heat.UnprotectedValue,
                valueAtRisk = held.ValueAtRisk,
                effectiveBets = held.EffectiveBets,
                unmeasuredValue = held.UnmeasuredValue,
                limits = lines.Select(line => line.Json()),
            });
    }

    private static Cell Mode(PortfolioPicture picture, long? sinceNs) =>
        ModeLine.Text(picture.Portfolio.Mode, sinceNs, breakerTrips: 0) is { } stopped
            ? new Cell(stopped, Tone.Bad)
            : "Mode: TRADING";

    private static IEnumerable<Cell> Notes(PortfolioPicture picture)
    {
        if (!picture.Limits.AreStored)
        {
            yield return new Cell(
                "The limits are the defaults: an older program wrote this database and stored none", Tone.Bad);
        }

        string daily = Shown.Percent(picture.Limits.Portfolio.DailyLossPct);
        yield return new Cell(
            picture.Equity is { } equity
                ? $"dailyLossPct: {daily} of {Shown.Amount(equity.Bases.DayFirst)}, the day's first equity; "
                    + $"largest fall from the highest so far {Shown.Percent(equity.Bases.MaxDrawdownPct)}"
                : $"dailyLossPct: {daily} of the day's first equity, which the writer of this database did not store",
            Tone.Quiet);
        yield return new Cell("Pairs and groups without exposure are left out", Tone.Quiet);
        yield return AsOf.Line(picture);
    }

    private static Cell[] Row(LimitLine line)
    {
        Tone tone = line.IsExceeded ? Tone.Bad : Tone.Plain;
        return
        [
            new Cell(line.IsMeasured ? line.Setting + " (measured)" : line.Setting, tone),
            line.Subject == LimitLine.Whole ? "all" : line.Subject,
            line.Used is { } used ? line.Text(used) : Cell.None,
            line.Allowed is { } allowed ? line.Text(allowed) : new Cell(line.Used is null ? "-" : "off", Tone.Quiet),
            line.Headroom is { } headroom ? new Cell(line.Text(headroom), tone) : Cell.None,
            line.UsedPct is { } percent ? new Cell(Shown.Amount(percent), tone) : Cell.None,
        ];
    }
}
