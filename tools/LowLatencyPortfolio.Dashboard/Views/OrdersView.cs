using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary><c>orders</c>: the newest orders, filtered.</summary>
internal static class OrdersView
{
    /// <summary>Makes the view.</summary>
    /// <param name="picture">The portfolio.</param>
    /// <param name="filter">Which orders.</param>
    public static View Of(PortfolioPicture picture, OrderFilter filter)
    {
        OrderRow[] matching = [.. picture.Orders.Where(filter.Takes)];
        OrderRow[] shown = filter.Last == 0 ? matching : [.. matching.TakeLast(filter.Last)];
        string count = shown.Length == matching.Length
            ? $"Orders: {matching.Length}"
            : $"Orders: the last {shown.Length} of {matching.Length} (--last 0 shows all)";
        return new View(
            [Table(count + $" ({picture.Portfolio.QuoteCurrency}, times UTC)", picture, shown)],
            new
            {
                at = Shown.Iso(picture.AtNs),
                quoteCurrency = picture.Portfolio.QuoteCurrency,
                matching = matching.Length,
                orders = shown.Select(Json),
            });
    }

    /// <summary>Orders as a table, oldest first.</summary>
    public static TableBlock Table(string title, PortfolioPicture picture, IReadOnlyList<OrderRow> orders)
    {
        Dictionary<string, ProductSpec> products = picture.Pairs.ToDictionary(
            pair => pair.Product.ProductId, pair => pair.Product, StringComparer.Ordinal);
        return new TableBlock(
            title,
            [
                ">Order", "Updated", "Product", "Purpose", "Side", "Type", "State", ">Quantity", ">Limit", ">Trigger",
                ">Filled", ">Avg price", ">Fees", "Reason",
            ],
            [.. orders.Select(order => Row(order, products[order.ProductId]))],
            Total: null,
            Empty: "none");
    }

    /// <summary>An order for programs.</summary>
    public static object Json(OrderRow order) => new
    {
        orderSequence = order.OrderSequence,
        orderId = order.OrderId,
        productId = order.ProductId,
        purpose = order.Purpose,
        side = order.Side,
        type = order.Type,
        state = order.State,
        quantity = order.Quantity,
        price = order.Price,
        trigger = order.Trigger,
        filledQuantity = order.FilledQuantity,
        filledValue = order.FilledValue,
        fees = order.Fees,
        positionId = order.PositionId,
        createdAt = Shown.Iso(order.CreatedAtNs),
        updatedAt = Shown.Iso(order.UpdatedAtNs),
        reason = order.Reason,
    };

    private static Cell[] Row(OrderRow order, ProductSpec product) =>
    [
        Shown.Id(order.OrderSequence),
        Shown.Time(order.UpdatedAtNs),
        order.ProductId,
        Shown.Name(order.Purpose),
        Shown.Name(order.Side),
        Shown.Name(order.Type),
        new Cell(Shown.Name(order.State), ToneOf(order.State)),
        Shown.Exact(order.Quantity),
        Shown.Price(order.Price, product),
        Shown.Price(order.Trigger, product),
        Shown.Exact(order.FilledQuantity),
        Shown.Price(order.FilledQuantity > 0m ? order.FilledValue / order.FilledQuantity : null, product),
        Shown.Amount(order.Fees),
        order.Reason ?? "-",
    ];

    private static Tone ToneOf(OrderState state) => state switch
    {
        OrderState.Filled => Tone.Good,
        OrderState.Rejected or OrderState.Unknown => Tone.Bad,
        _ when OrderTransitions.IsFinal(state) => Tone.Quiet,
        _ => Tone.Plain,
    };
}
