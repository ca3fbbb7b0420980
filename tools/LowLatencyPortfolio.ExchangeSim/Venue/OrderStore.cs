namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// Every order since the start, found by id, by client id, and by product while it is open. Not thread-safe.
/// </summary>
internal sealed class OrderStore
{
    private readonly List<VenueOrder> _all = [];
    private readonly Dictionary<string, VenueOrder> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VenueOrder> _byClientId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<VenueOrder>> _open = new(StringComparer.Ordinal);

    /// <summary>In the order of acceptance.</summary>
    public IReadOnlyList<VenueOrder> All => _all;

    public VenueOrder? Find(string orderId) => _byId.GetValueOrDefault(orderId);

    public VenueOrder? FindByClientId(string clientOrderId) => _byClientId.GetValueOrDefault(clientOrderId);

    public void Add(VenueOrder order)
    {
        _all.Add(order);
        _byId.Add(order.OrderId, order);
        _byClientId.Add(order.ClientOrderId, order);
        if (!_open.TryGetValue(order.Product.Id, out var open))
            _open[order.Product.Id] = open = [];
        open.Add(order);
    }

    public void Close(VenueOrder order) => _open[order.Product.Id].Remove(order);

    public int OpenCount(string productId) => _open.TryGetValue(productId, out var open) ? open.Count : 0;

    /// <summary>A copy, oldest first, because matching closes orders while it walks.</summary>
    public VenueOrder[] OpenOf(string productId) => _open.TryGetValue(productId, out var open) ? [.. open] : [];
}
