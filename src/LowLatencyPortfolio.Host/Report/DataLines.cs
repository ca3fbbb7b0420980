using System.Globalization;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Host.Entries;

namespace LowLatencyPortfolio.Host.Report;

/// <summary>The two lines that say what was played and under which assumptions.</summary>
internal static class DataLines
{
    /// <summary>
    /// Products, span and rows: <c>10 products, 2023-12-08 00:00 to 2023-12-11 11:59 UTC, 50,359 rows</c>.
    /// </summary>
    public static string Span(ReplayCatalog catalog) =>
        $"{Counted(catalog.Products.Count, "product")}, {UtcTime.Minute(catalog.FirstTimeNs)} to "
        + $"{UtcTime.Minute(catalog.LastTimeNs)} UTC, {Counted(catalog.Rows, "row")}";

    /// <summary>The kinds of data, each once: <c>1m bars as 4 ticks, inner order assumed</c>.</summary>
    public static string Kind(ReplayCatalog catalog) => string.Join(
        " and ",
        catalog.Products
            .SelectMany(product => product.Files)
            .Select(file =>
                file.Kind == ReplayKind.Bars ? $"{file.Interval} as 4 ticks, inner order assumed" : file.Interval)
            .Distinct());

    /// <summary>Data kind, fill assumptions, fees and slippage in one line.</summary>
    /// <param name="kind">From <see cref="Kind"/>.</param>
    /// <param name="paper">The paper exchange.</param>
    public static string Assumptions(string kind, PaperConfig paper)
    {
        string late = paper.LatencyMs > 0 ? $" after {paper.LatencyMs} ms" : string.Empty;
        string whole = paper.PartialFills ? "up to its size" : "whole";
        string chance = Percent(paper.RejectionRate);
        string refused = paper.RejectionRate > 0m ? $" | Refused by chance: {chance}" : string.Empty;
        return $"{kind} | Fills: next tick{late}, {whole}"
            + $" | Fees: maker {Percent(paper.MakerFee)}, taker {Percent(paper.TakerFee)}"
            + $" | Slippage: {ResultJson.DecimalText(paper.SlippageBps)} bp{refused}";
    }

    private static string Counted(long count, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {one}{(count == 1 ? string.Empty : "s")}");

    private static string Percent(decimal fraction) => $"{ResultJson.DecimalText(fraction * 100m)} %";
}
