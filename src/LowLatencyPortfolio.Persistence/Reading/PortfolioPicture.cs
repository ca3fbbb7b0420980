using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// A database as it stood at one moment, and the engine's own arithmetic (<see cref="PortfolioManager"/>) over it.
/// </summary>
/// <remarks>
/// Thread: immutable but for <see cref="Book"/>, which is its reader's alone. Everything is of one committed state.
/// What no row has is not in it: what a venue says can be spent, entries that wait for a slot.
/// </remarks>
public sealed class PortfolioPicture
{
    private PortfolioPicture(
        PortfolioRow portfolio, LimitsRow limits, EquityRow? equity, IReadOnlyList<OrderRow> orders,
        PortfolioManager book, IReadOnlyList<PairPicture> pairs)
    {
        Portfolio = portfolio;
        Limits = limits;
        Equity = equity;
        Orders = orders;
        Book = book;
        Pairs = pairs;
        Metrics = book.GetPortfolioMetrics();
        Account = PairAccount.Sum([.. pairs.Select(pair => pair.Account)]);
        AtNs = orders.Select(order => order.UpdatedAtNs)
            .Concat(pairs.SelectMany(pair => pair.Positions).Select(row => row.ClosedAtNs ?? row.OpenedAtNs))
            .Concat(pairs.Select(pair => pair.MarkKnownAtNs ?? 0))
            .Append(portfolio.UpdatedAtNs)
            .Max();
    }

    /// <summary>The row of the portfolio; its equity is as old as <see cref="PortfolioRow.UpdatedAtNs"/>.</summary>
    public PortfolioRow Portfolio { get; }

    /// <summary>Limits of the newest start.</summary>
    public LimitsRow Limits { get; }

    /// <summary>How the newest start rebalances; null where none has stored it.</summary>
    public RebalanceRow? Rebalance { get; private init; }

    /// <summary>What equity is measured against; null where the database was last written by a program that stored
    /// none.</summary>
    public EquityRow? Equity { get; }

    /// <summary>Every order by number.</summary>
    public IReadOnlyList<OrderRow> Orders { get; }

    /// <summary>The engine's arithmetic, filled with what is stored.</summary>
    public PortfolioManager Book { get; }

    /// <summary>Pairs in the ordinal order of their ids.</summary>
    public IReadOnlyList<PairPicture> Pairs { get; }

    /// <summary>
    /// Money and positions at the stored prices. Its drawdown is 0 where <see cref="Equity"/> is not known, and its
    /// available capital knows of no venue.
    /// </summary>
    public PortfolioMetrics Metrics { get; }

    /// <summary>All pairs together: its Net is equity less total capital.</summary>
    public PairAccount Account { get; }

    /// <summary>Newest event time that anything here has, ns UTC; 0 in a database without events.</summary>
    public long AtNs { get; }

    /// <summary>
    /// Newest time at which the prices of what is held were known, the oldest over the pairs, ns UTC; null when nothing
    /// is held, or a held pair has no stored price.
    /// </summary>
    public long? PricesKnownAtNs
    {
        get
        {
            PairPicture[] held = [.. Pairs.Where(pair => pair.Open is not null)];
            return held.Length > 0 && held.All(pair => pair.MarkKnownAtNs is not null)
                ? held.Min(pair => pair.MarkKnownAtNs)
                : null;
        }
    }

    /// <summary>Reads it in one transaction.</summary>
    /// <param name="database">Open.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="JournalException">A row was written by something else.</exception>
    public static PortfolioPicture Read(PortfolioDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.AtOnce(Make);
    }

    private static PortfolioPicture Make(PortfolioDatabase database)
    {
        LimitsRow limits = database.Limits();
        IReadOnlyList<OrderRow> orders = database.Orders();
        ILookup<string, OrderRow> ordersOf = orders.ToLookup(row => row.ProductId, StringComparer.Ordinal);
        ILookup<string, PositionRow> positionsOf =
            database.Positions().ToLookup(row => row.ProductId, StringComparer.Ordinal);
        Dictionary<string, MarkRow> marks =
            database.Marks().ToDictionary(mark => mark.ProductId, StringComparer.Ordinal);
        PortfolioManager book = new(limits.Portfolio, limits.TakerFee);
        List<PairPicture> pairs = [];
        foreach ((ProductSpec product, PairConfig config) in database.Pairs())
        {
            pairs.Add(Fill(
                book, book.RegisterPair(config, product), product, config, [.. positionsOf[product.ProductId]],
                [.. ordersOf[product.ProductId]], marks.GetValueOrDefault(product.ProductId)));
        }

        FillGroups(book, database.MeasuredGroups(), pairs);
        EquityRow? equity = database.Equity();
        if (equity is not null)
        {
            (book.PeakEquity, book.MaxDrawdownPct) = (equity.Bases.Highest, equity.Bases.MaxDrawdownPct);
        }

        return new PortfolioPicture(database.Portfolio(), limits, equity, orders, book, pairs)
        {
            Rebalance = database.Rebalance(),
        };
    }

    // A database also keeps rows of pairs that only an earlier start had; they are listed as pairs, too.
    private static void FillGroups(
        PortfolioManager book, IReadOnlyList<MeasuredGroupRow> rows, IReadOnlyList<PairPicture> pairs)
    {
        Dictionary<string, int> indexOf = pairs.ToDictionary(
            pair => pair.Product.ProductId, pair => pair.Index, StringComparer.Ordinal);
        foreach (MeasuredGroupRow row in rows)
        {
            if (indexOf.TryGetValue(row.ProductId, out int pair) && indexOf.TryGetValue(row.GroupId, out int group))
            {
                book.SetMeasuredGroup(pair, group);
            }
        }
    }

    private static PairPicture Fill(
        PortfolioManager book, int index, ProductSpec product, PairConfig config, PositionRow[] positions,
        OrderRow[] orders, MarkRow? stored)
    {
        PositionRow? newest = positions.Length == 0 ? null : positions[^1];
        decimal? mark = stored?.Price ?? (newest is { Quantity: > 0m } ? newest.EntryPrice : null);
        if (newest is not null)
        {
            book.Ledger(index) = StoredLedger.Of(positions);
            book.SetExiting(index, newest.ExitReason != ExitReason.None || newest.State == StopState.Triggered);
        }

        book.SetMark(index, mark ?? 0m);
        OrderRow[] buys =
            [.. orders.Where(order => order.Side == OrderSide.Buy && !OrderTransitions.IsFinal(order.State))];
        decimal exposure = buys.Sum(order => Remaining(order) * PriceOf(order, mark, config));
        decimal buying = buys.Sum(Remaining);
        book.SetWorkingBuys(index, exposure, exposure * (1m + book.TakerFee), buying);
        return new PairPicture
        {
            Index = index,
            Product = product,
            Config = config,
            Positions = positions,
            Stops =
            [
                .. orders
                    .Where(order => order.Purpose == OrderPurpose.Stop && OrderTransitions.IsAtVenue(order.State))
                    .OrderByDescending(order => order.Trigger),
            ],
            Buying = buying,
            Mark = mark,
            MarkKnownAtNs = stored?.KnownAtNs,
            Account = PairAccount.Of(in book.Ledger(index), mark ?? 0m, positions, orders),
        };
    }

    private static decimal Remaining(OrderRow order) => order.Quantity - order.FilledQuantity;

    // As the risk gate reckons: a market order counts at its collar.
    private static decimal PriceOf(OrderRow order, decimal? mark, PairConfig config) =>
        order.Price ?? RiskGate.CollarCeiling(mark ?? 0m, config.EntryCollarPct);
}
