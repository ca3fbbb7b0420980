using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary>Which orders are shown.</summary>
/// <param name="ProductId">Only this product; null for all.</param>
/// <param name="State">A state, <c>open</c>, <c>closed</c>; null for all. Upper and lower case are equal.</param>
/// <param name="Last">Most orders, the newest; 0 for all.</param>
internal sealed record OrderFilter(string? ProductId, string? State, int Last)
{
    /// <summary>Every word that <see cref="State"/> may be.</summary>
    public static IReadOnlyList<string> States { get; } =
        ["open", "closed", .. Enum.GetValues<OrderState>().Where(state => state != OrderState.None).Select(Word)];

    /// <summary>Whether an order is shown, its number apart.</summary>
    public bool Takes(OrderRow order) =>
        (ProductId is null || order.ProductId == ProductId)
        && (State is null || State == (OrderTransitions.IsFinal(order.State) ? "closed" : "open")
            || State == Word(order.State));

    private static string Word(OrderState state) =>
        Rendering.Shown.Name(state).ToLowerInvariant();
}
