namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// The exchange behind the wire: one account, its orders, and the tape they are matched against. Thread-safe by one
/// lock.
/// </summary>
/// <remarks>
/// Time is the clock's. Every operation first brings the venue up to now, so what is due (acknowledgements, cancels,
/// edits, executions, expiries) happens at its own time even when the clock jumps; <see cref="Advance"/> does only
/// that. Whoever drives the clock calls it after each step, or at <see cref="NextDueNs"/>. Events are raised under the
/// lock, in order, after the operation that caused them: a handler takes its copy and returns.
/// </remarks>
public sealed class Venue
{
    private readonly Lock _lock = new();
    private readonly IVenueClock _clock;
    private readonly VenueState _state;
    private readonly OrderDesk _orders;
    private readonly CancelDesk _cancels;
    private readonly EditDesk _edits;
    private readonly Matcher _matcher;
    private readonly LedgerAudit _audit;

    public Venue(VenueSettings settings, IReadOnlyList<Product> products, IVenueClock clock)
    {
        _clock = clock;
        _state = new VenueState(settings, products, clock.NowNs);
        UserId = _state.Ids.Next();
        PortfolioId = _state.Ids.Next();
        var settlement = new Settlement(_state);
        _matcher = new Matcher(_state, settlement);
        _orders = new OrderDesk(
            _state, new OrderReview(_state), new OrderPlacement(_state, settlement, _matcher));
        _cancels = new CancelDesk(_state, settlement, _matcher);
        _edits = new EditDesk(_state, settlement, _matcher);
        _audit = new LedgerAudit(_state);
        _state.OrderSink = order => OrderChanged?.Invoke(order);
    }

    /// <summary>An order was accepted, changed its status, filled, or ended; the view is cumulative.</summary>
    public event Action<OrderView>? OrderChanged;

    /// <summary>The market traded.</summary>
    public event Action<TradePrint>? Traded;

    /// <summary>A product's flags, grid or limits changed, or a product is new.</summary>
    public event Action<Product>? ProductChanged;

    public string UserId { get; }

    public string PortfolioId { get; }

    public IVenueClock Clock => _clock;

    public VenueSettings Settings
    {
        get => Run(() => _state.Settings);
        set => Run(() => _state.Settings = value);
    }

    /// <summary>When <see cref="Advance"/> next has something to do; null when nothing waits.</summary>
    public long? NextDueNs
    {
        get
        {
            lock (_lock)
                return _state.Schedule.NextDueNs;
        }
    }

    /// <summary>Brings the venue up to the clock.</summary>
    public void Advance() => Run(static () => true);

    /// <summary>
    /// A trade of the market, stamped by the venue's tape; orders of the product and of its aliases are matched.
    /// </summary>
    public void OnPrint(TradePrint print) => Run(() =>
    {
        _state.Tape.Add(print);
        _state.Announce(() => Traded?.Invoke(print));
        foreach (var product in _state.Products.Values)
        {
            if (product.Id == print.ProductId || product.AliasOf == print.ProductId)
                _matcher.OnPrint(product, print);
        }

        return true;
    });

    public CreateResult Create(NewOrder order) => Run(() => _orders.Create(order, isForeign: false));

    /// <summary>An order that a human or another program places on the same account.</summary>
    public CreateResult PlaceForeign(NewOrder order) => Run(() => _orders.Create(order, isForeign: true));

    public Preview Preview(NewOrder order) => Run(() => _orders.Preview(order));

    /// <summary>Queues cancels; one result per id, in request order.</summary>
    public IReadOnlyList<CancelResult> Cancel(IReadOnlyList<string> orderIds) => Run(() => _cancels.Cancel(orderIds));

    public EditResult Edit(EditRequest request) => Run(() => _edits.Edit(request));

    /// <summary>What <see cref="Edit"/> would answer; nothing changes but the counters of edit faults.</summary>
    public EditResult PreviewEdit(EditRequest request) =>
        Run(() => _edits.Review(request) ?? new EditResult(null));

    /// <summary>
    /// A human deposits (positive) or withdraws (negative); false when more than what is available would leave.
    /// </summary>
    public bool MoveCoins(string currency, decimal amount) => Run(() =>
    {
        _state.Wallets.Ensure(currency, _state.Ids);
        var wallet = _state.Wallets[currency];
        if (wallet.Available + amount < 0)
            return false;
        wallet.Receive(amount);
        _state.Transfers.Add(new TransferView(currency, amount, _state.NowNs));
        return true;
    });

    /// <summary>
    /// Adds a product or replaces it; resting orders stay, and keep the grid they were accepted with.
    /// </summary>
    public void SetProduct(Product product) => Run(() =>
    {
        _state.Products[product.Id] = product;
        _state.Wallets.Ensure(product.BaseCurrency, _state.Ids);
        _state.Wallets.Ensure(product.QuoteCurrency, _state.Ids);
        _state.Announce(() => ProductChanged?.Invoke(product));
        return true;
    });

    public IReadOnlyList<VenueFault> Faults => Run(() => _state.Faults.Current);

    /// <summary>Replaces every venue fault; occurrences are counted from 1 again.</summary>
    public void SetFaults(IReadOnlyList<VenueFault> faults) => Run(() =>
    {
        _state.Faults.Set(faults);
        return true;
    });

    public IReadOnlyList<Product> Products => Run<IReadOnlyList<Product>>(() => [.. _state.Products.Values]);

    public Product? FindProduct(string productId) => Run(() => _state.Products.GetValueOrDefault(productId));

    public IReadOnlyList<AccountView> Accounts =>
        Run<IReadOnlyList<AccountView>>(() => [.. _state.Wallets.All.Select(wallet => wallet.View())]);

    public OrderView? FindOrder(string orderId) => Run(() => _state.Orders.Find(orderId)?.View());

    /// <summary>What REST says of an order by now, wherever it is asked; null while it is not known there.</summary>
    public OrderView? VisibleOrder(string orderId) =>
        Run(() => _state.Orders.Find(orderId) is { } order && OrderLag.IsKnown(_state, order)
            ? OrderLag.Shown(_state, order.View())
            : null);

    /// <summary>
    /// What the order list shows by now, in the order of acceptance; young orders and old ones may be missing.
    /// </summary>
    public IReadOnlyList<OrderView> VisibleOrders => Run<IReadOnlyList<OrderView>>(() =>
        [.. _state.Orders.All
            .Where(order => OrderLag.IsKnown(_state, order))
            .Select(order => OrderLag.Shown(_state, order.View()))
            .Where(order => OrderLag.IsListed(_state, order))]);

    /// <summary>All orders since the start, in the order of acceptance.</summary>
    public IReadOnlyList<OrderView> Orders =>
        Run<IReadOnlyList<OrderView>>(() => [.. _state.Orders.All.Select(order => order.View())]);

    /// <summary>Fills that the fills endpoint shows by now, oldest first.</summary>
    public IReadOnlyList<FillView> VisibleFills =>
        Run<IReadOnlyList<FillView>>(() => [.. _state.Fills.Where(fill => fill.VisibleAtNs <= _state.NowNs)]);

    /// <summary>
    /// Null for an unknown product; without a trade yet its prices are zero and the last price is null.
    /// </summary>
    public MarketView? Market(string productId) => Run(() =>
        _state.Products.TryGetValue(productId, out var product)
            ? _state.Tape.Market(product, product.AliasOf ?? productId, _state.NowNs)
            : null);

    /// <summary>Newest first.</summary>
    public IReadOnlyList<TradePrint> RecentTrades(string productId, int limit) =>
        Run(() => _state.Tape.Recent(TapeId(productId), limit));

    /// <summary>Buckets that traded, newest first; <paramref name="bucketSeconds"/> is a multiple of 60.</summary>
    public IReadOnlyList<Candle> Candles(string productId, long startSeconds, long endSeconds, long bucketSeconds) =>
        Run(() => _state.Tape.Candles(TapeId(productId), startSeconds, endSeconds, bucketSeconds));

    /// <summary>The truth, with the identities checked.</summary>
    public LedgerView Ledger() => Run(() => new LedgerView(
        _state.NowNs,
        [.. _state.Wallets.All.Select(wallet => wallet.View())],
        _audit.Positions(),
        [.. _state.Orders.All.Select(order => order.View())],
        [.. _state.Fills],
        [.. _state.Transfers],
        _audit.Violations()));

    /// <summary>
    /// Every state that the product's orders were ever in, in the order in which they came: what was open, and what was
    /// filled, at each moment.
    /// </summary>
    public IReadOnlyList<OrderView> Changes(string productId) =>
        Run(() => _state.Changes.FindAll(change => change.ProductId == productId));

    private string TapeId(string productId) => _state.Products.GetValueOrDefault(productId)?.AliasOf ?? productId;

    private T Run<T>(Func<T> operation)
    {
        lock (_lock)
        {
            RunDue();
            T result = operation();
            RunDue();
            _state.Flush();
            return result;
        }
    }

    private void RunDue()
    {
        long nowNs = Math.Max(_clock.NowNs, _state.NowNs);
        while (_state.Schedule.TryTake(nowNs, out long dueNs, out var action))
        {
            _state.NowNs = Math.Max(_state.NowNs, dueNs);
            action();
        }

        _state.NowNs = nowNs;
    }
}
