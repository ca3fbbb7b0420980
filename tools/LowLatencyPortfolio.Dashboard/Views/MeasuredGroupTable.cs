using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary>Groups of two pairs or more that were measured to move together, with their exposure.</summary>
internal static class MeasuredGroupTable
{
    /// <summary>Makes the table.</summary>
    public static TableBlock Of(PortfolioPicture picture) => new(
        $"Exposure by measured group ({picture.Portfolio.QuoteCurrency}, limit {Shown.Percent(
            picture.Limits.Portfolio.MaxCorrelatedExposurePct)})",
        ["Group", "Pairs", ">Exposure", ">Share", ">Headroom"],
        [.. Uses(picture).Select(use => Row(picture, use))], Total: null,
        Empty: "none: no pairs were measured to move together");

    /// <summary>The same for programs.</summary>
    public static IEnumerable<object> Json(PortfolioPicture picture) => Uses(picture).Select(use => new
    {
        group = use.Subject,
        pairs = MembersOf(picture, use),
        exposure = use.Value,
        sharePct = SharePct(picture, use),
        limit = use.Allowed,
        headroom = use.Headroom,
    });

    private static IEnumerable<RiskLimitUse> Uses(PortfolioPicture picture) => picture.Book.GetRiskLimitUses()
        .Where(use => use.Limit == RiskVerdict.MeasuredGroupExposureAboveLimit)
        .OrderByDescending(use => use.Value)
        .ThenBy(use => use.Subject, StringComparer.Ordinal);

    private static string[] MembersOf(PortfolioPicture picture, RiskLimitUse use)
    {
        int group = picture.Book.IndexOf(use.Subject);
        return [.. picture.Pairs
            .Where(pair => picture.Book.MeasuredGroup(pair.Index) == group)
            .Select(pair => pair.Product.ProductId)];
    }

    private static decimal SharePct(PortfolioPicture picture, RiskLimitUse use) =>
        use.Value / picture.Metrics.TotalCapital * 100m;

    private static Cell[] Row(PortfolioPicture picture, RiskLimitUse use) =>
    [
        use.Subject,
        string.Join(", ", MembersOf(picture, use)),
        Shown.Amount(use.Value),
        Shown.Percent(SharePct(picture, use)),
        use.IsExceeded ? new Cell(Shown.Amount(use.Headroom), Tone.Bad) : Shown.Amount(use.Headroom),
    ];
}
