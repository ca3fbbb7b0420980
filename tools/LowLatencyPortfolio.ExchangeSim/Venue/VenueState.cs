namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>Everything the venue knows, shared by its desks. Touched only under the venue's lock.</summary>
internal sealed class VenueState
{
    private readonly Queue<Action> _outbox = new();
    private bool _isFlushing;

    public VenueState(VenueSettings settings, IReadOnlyList<Product> products, long nowNs)
    {
        Settings = settings;
        NowNs = nowNs;
        Ids = new IdSource(settings.Seed);
        Faults = new VenueFaults(settings.Seed);
        Wallets = new Wallets(settings.Balances, products, Ids);
        foreach (var product in products)
            Products[product.Id] = product;
    }

    public VenueSettings Settings { get; set; }
    public long NowNs { get; set; }
    public IdSource Ids { get; }
    public VenueFaults Faults { get; }
    public Wallets Wallets { get; }
    public SortedDictionary<string, Product> Products { get; } = new(StringComparer.Ordinal);
    public OrderStore Orders { get; } = new();
    public List<FillView> Fills { get; } = [];
    public List<TransferView> Transfers { get; } = [];

    /// <summary>Every state an order was ever in, in the order in which they came.</summary>
    public List<OrderView> Changes { get; } = [];

    public Tape Tape { get; } = new();
    public Schedule Schedule { get; } = new();
    public Action<OrderView> OrderSink { get; set; } = static _ => { };

    public void After(long latencyNs, Action action) => Schedule.At(NowNs + latencyNs, action);

    /// <summary>
    /// The product as it is now; an order keeps the grid it was accepted with, but flags act at once.
    /// </summary>
    public Product Current(VenueOrder order) => Products[order.Product.Id];

    public decimal? LastPrice(Product product) => Tape.LastPrice(product.AliasOf ?? product.Id);

    /// <summary>Stamps the order, keeps its present state and queues it for the channels.</summary>
    public void Publish(VenueOrder order)
    {
        order.UpdatedAtNs = NowNs;
        var view = order.View();
        Changes.Add(view);
        Announce(() => OrderSink(view));
    }

    public void Announce(Action action) => _outbox.Enqueue(action);

    /// <summary>Hands out what was queued, once the operation that caused it has ended.</summary>
    public void Flush()
    {
        // A handler that asks the venue something comes back here; what waits goes out after it, in order.
        if (_isFlushing)
            return;
        _isFlushing = true;
        try
        {
            while (_outbox.TryDequeue(out var action))
                action();
        }
        finally
        {
            _isFlushing = false;
        }
    }
}
