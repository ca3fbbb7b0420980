using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary>
/// <c>concentration</c>: what the capital stands in, largest first, by pair, by configured and by measured group.
/// </summary>
/// <remarks>
/// Exposure is the risk gate's: market value and what buys on their way may add. Shares are of the total capital, as
/// all limits are.
/// </remarks>
internal static class ConcentrationView
{
    /// <summary>Makes the view.</summary>
    public static View Of(PortfolioPicture picture)
    {
        Rank[] ranks = [.. RanksOf(picture)];
        Group[] groups = [.. GroupsOf(picture)];
        int n = picture.Limits.Portfolio.TopNConcentration;
        string currency = picture.Portfolio.QuoteCurrency;
        return new View(
            [
                new TableBlock(
                    $"Exposure by pair ({currency}, share of the total capital)",
                    [">#", "Product", "Group", ">Value", ">Buys", ">Exposure", ">Share", ">Cumulative", ">Cum. share"],
                    [.. ranks.Select(Row)], Total: null, Empty: "none: nothing is held and no buy works"),
                new TableBlock(
                    $"Exposure by group ({currency}, limit {Shown.Percent(
                        picture.Limits.Portfolio.MaxCorrelatedExposurePct)})",
                    ["Group", "Pairs", ">Exposure", ">Share", ">Headroom"],
                    [.. groups.Select(Row)], Total: null, Empty: "none"),
                MeasuredGroupTable.Of(picture),
                new LineBlock(
                    null,
                    [
                        $"Largest {n} together: {Shown.Percent(picture.Metrics.ConcentrationPct)} of the capital",
                        AsOf.Line(picture),
                    ]),
            ],
            new
            {
                at = Shown.Iso(picture.AtNs),
                pricesAt = Shown.Iso(picture.PricesKnownAtNs),
                quoteCurrency = currency,
                totalCapital = picture.Metrics.TotalCapital,
                topN = n,
                topNPct = picture.Metrics.ConcentrationPct,
                pairs = ranks.Select(rank => new
                {
                    rank = rank.Number,
                    productId = rank.Pair.Product.ProductId,
                    group = rank.Pair.Config.CorrelationGroup,
                    marketValue = rank.Pair.MarketValue,
                    workingBuys = rank.Exposure - rank.Pair.MarketValue,
                    exposure = rank.Exposure,
                    sharePct = rank.SharePct,
                    cumulativeExposure = rank.Cumulative,
                    cumulativePct = rank.CumulativePct,
                }),
                groups = groups.Select(group => new
                {
                    group = group.Name,
                    pairs = group.Pairs,
                    exposure = group.Use.Value,
                    sharePct = group.SharePct,
                    limit = group.Use.Allowed,
                    headroom = group.Use.Headroom,
                }),
                measuredGroups = MeasuredGroupTable.Json(picture),
            });
    }

    private static IEnumerable<Rank> RanksOf(PortfolioPicture picture)
    {
        decimal capital = picture.Metrics.TotalCapital;
        decimal cumulative = 0m;
        int number = 0;
        foreach ((PairPicture pair, decimal exposure) in picture.Pairs
            .Select(pair => (pair, exposure: picture.Book.Exposure(pair.Index)))
            .Where(item => item.exposure > 0m)
            .OrderByDescending(item => item.exposure)
            .ThenBy(item => item.pair.Index))
        {
            cumulative += exposure;
            yield return new Rank(
                ++number, pair, exposure, exposure / capital * 100m, cumulative, cumulative / capital * 100m);
        }
    }

    private static IEnumerable<Group> GroupsOf(PortfolioPicture picture) => picture.Book.GetRiskLimitUses()
        .Where(use => use is { Limit: RiskVerdict.CorrelatedExposureAboveLimit, Value: > 0m })
        .Select(use => new Group(
            use.Subject,
            [.. picture.Pairs
                .Where(pair => (pair.Config.CorrelationGroup ?? pair.Product.ProductId) == use.Subject
                    && picture.Book.Exposure(pair.Index) > 0m)
                .Select(pair => pair.Product.ProductId)],
            use,
            use.Value / picture.Metrics.TotalCapital * 100m))
        .OrderByDescending(group => group.Use.Value)
        .ThenBy(group => group.Name, StringComparer.Ordinal);

    private static Cell[] Row(Rank rank) =>
    [
        Shown.Id(rank.Number),
        rank.Pair.Product.ProductId,
        rank.Pair.Config.CorrelationGroup ?? "-",
        Shown.Amount(rank.Pair.MarketValue),
        Shown.Amount(rank.Exposure - rank.Pair.MarketValue),
        Shown.Amount(rank.Exposure),
        Shown.Percent(rank.SharePct),
        Shown.Amount(rank.Cumulative),
        Shown.Percent(rank.CumulativePct),
    ];

    private static Cell[] Row(Group group) =>
    [
        group.Name,
        string.Join(", ", group.Pairs),
        Shown.Amount(group.Use.Value),
        Shown.Percent(group.SharePct),
        group.Use.IsExceeded
            ? new Cell(Shown.Amount(group.Use.Headroom), Tone.Bad)
            : Shown.Amount(group.Use.Headroom),
    ];

    private sealed record Rank(
        int Number, PairPicture Pair, decimal Exposure, decimal SharePct, decimal Cumulative, decimal CumulativePct);

    private sealed record Group(string Name, string[] Pairs, RiskLimitUse Use, decimal SharePct);
}
