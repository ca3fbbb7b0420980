using System.Globalization;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Host.Report;

/// <summary>Entries the risk gate refused, by limit in the order of precedence.</summary>
internal static class RefusalSection
{
    /// <summary>Writes one row a limit: how often, with its configured value, and in which pairs.</summary>
    public static void Write(TextWriter to, ReportInput input)
    {
        to.WriteLine();
        if (input.Refusals.Count == 0)
        {
            to.WriteLine("Entries refused by the risk gate: none");
            return;
        }

        to.WriteLine("Entries refused by the risk gate, by the first limit they broke");
        TextTable table = new(">Count", "Limit", "Configured", "Pairs");
        foreach (IGrouping<RiskVerdict, RefusalLine> limit in
            input.Refusals.GroupBy(refusal => refusal.Verdict).OrderBy(limit => limit.Key))
        {
            table.Add(
                limit.Count().ToString(CultureInfo.InvariantCulture),
                Words(limit.Key),
                Configured(limit.Key, input.Portfolio),
                Pairs(limit));
        }

        table.Write(to);
    }

    private static string Pairs(IEnumerable<RefusalLine> refusals)
    {
        string[] pairs = [.. refusals
            .GroupBy(refusal => refusal.ProductId, StringComparer.Ordinal)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Count() == 1 ? pair.Key : $"{pair.Key} ×{pair.Count()}")];
        const int shown = 4;
        string more = pairs.Length > shown ? $" and {pairs.Length - shown} more" : string.Empty;
        return string.Join(", ", pairs.Take(shown)) + more;
    }

    /// <summary>A verdict in words: <c>position size above limit</c>. The enum's names are the words.</summary>
    public static string Words(RiskVerdict verdict) => string.Concat(verdict.ToString()
        .Select((c, i) => char.IsUpper(c) ? (i == 0 ? string.Empty : " ") + char.ToLowerInvariant(c) : c.ToString()));

    private static string Configured(RiskVerdict verdict, PortfolioConfig portfolio) => verdict switch
    {
        RiskVerdict.PositionSizeAboveLimit => Limit("maxPositionSizePct", portfolio.MaxPositionSizePct),
        RiskVerdict.PositionCountAboveLimit => Limit("maxPositions", portfolio.MaxPositions),
        RiskVerdict.CorrelatedExposureAboveLimit or RiskVerdict.MeasuredGroupExposureAboveLimit =>
            Limit("maxCorrelatedExposurePct", portfolio.MaxCorrelatedExposurePct),
        RiskVerdict.TopNConcentrationAboveLimit => Limit("maxTopNConcentrationPct", portfolio.MaxTopNConcentrationPct),
        RiskVerdict.OrderNotionalAboveLimit => Limit("maxOrderNotional", portfolio.MaxOrderNotional),
        RiskVerdict.OrderRateExceeded => Limit("maxOrdersPerSecond", portfolio.MaxOrdersPerSecond),
        RiskVerdict.LimitOutsideCollar => "entryCollarPct of the pair",
        RiskVerdict.TooManyEntriesPerHour => "maxEntriesPerHour of the pair",
        RiskVerdict.PriceStale => "maxPriceAgeSeconds of the pair",
        _ => string.Empty,
    };

    private static string Limit(string name, decimal? value) =>
        value is { } limit ? $"{name} {ResultJson.DecimalText(limit)}" : name;
}
