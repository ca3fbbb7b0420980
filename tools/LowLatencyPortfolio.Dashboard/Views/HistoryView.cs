using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary><c>history</c>: what happened last, filtered.</summary>
internal static class HistoryView
{
    /// <summary>Makes the view.</summary>
    /// <param name="database">The database.</param>
    /// <param name="productId">Only this product; null for all and the portfolio's own rows.</param>
    /// <param name="action">Only this action; None for all.</param>
    /// <param name="last">Most rows, the newest; 0 for all.</param>
    public static View Of(PortfolioDatabase database, string? productId, HistoryAction action, int last)
    {
        IReadOnlyList<HistoryRow> rows =
            database.LatestHistory(last == 0 ? int.MaxValue : last, productId, action);
        string currency = database.Portfolio().QuoteCurrency;
        string count = last > 0 && rows.Count == last ? $"History: the last {last}" : $"History: {rows.Count}";
        return new View(
            [Table($"{count} ({currency}, times UTC)", Products(database), rows)],
            new { quoteCurrency = currency, history = rows.Select(Json) });
    }

    /// <summary>The products by id, for the decimals of prices.</summary>
    public static Dictionary<string, ProductSpec> Products(PortfolioDatabase database) => database.Pairs().ToDictionary(
        pair => pair.Product.ProductId, pair => pair.Product, StringComparer.Ordinal);

    /// <summary>History as a table, oldest first.</summary>
    public static TableBlock Table(
        string title, Dictionary<string, ProductSpec> products, IReadOnlyList<HistoryRow> rows) => new(
        title,
        [
            ">Row", "Time", "Product", "Action", ">Price", ">Quantity", ">Value", ">Fee", ">Order", ">Position",
            "Detail",
        ],
        [.. rows.Select(row => Row(row, row.ProductId is null ? null : products[row.ProductId]))],
        Total: null,
        Empty: "none");

    /// <summary>A row for programs.</summary>
    public static object Json(HistoryRow row) => new
    {
        id = row.Id,
        at = Shown.Iso(row.TimestampNs),
        productId = row.ProductId,
        action = row.Action,
        price = row.Price,
        quantity = row.Quantity,
        value = row.Value,
        fee = row.Fee,
        orderSequence = row.OrderSequence,
        positionId = row.PositionId,
        detail = row.Detail,
        marketEvent = row.MarketEvent,
    };

    /// <summary>The colour of what happened.</summary>
    public static Tone ToneOf(HistoryAction action) => action switch
    {
        HistoryAction.EntryFilled or HistoryAction.ExitFilled or HistoryAction.Resumed => Tone.Good,
        HistoryAction.OrderRejected or HistoryAction.Liquidated => Tone.Bad,
        _ when action.IsAlarm() => Tone.Bad,
        HistoryAction.RiskRejected or HistoryAction.OrderCancelled or HistoryAction.OrderAbandoned => Tone.Quiet,
        _ => Tone.Plain,
    };

    private static Cell[] Row(HistoryRow row, ProductSpec? product) =>
    [
        Shown.Id(row.Id),
        Shown.Time(row.TimestampNs),
        row.ProductId ?? "-",
        new Cell(Shown.Name(row.Action), ToneOf(row.Action)),
        product is null ? Cell.None : Shown.Price(row.Price, product),
        Shown.Exact(row.Quantity),
        row.Value == 0m ? Cell.None : Shown.Amount(row.Value),
        row.Fee == 0m ? Cell.None : Shown.Amount(row.Fee),
        Shown.Id(row.OrderSequence),
        Shown.Id(row.PositionId),
        row.Detail ?? "-",
    ];
}
