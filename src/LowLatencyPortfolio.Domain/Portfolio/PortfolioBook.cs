namespace LowLatencyPortfolio.Domain;

/// <summary>
/// What the portfolio holds, is about to buy and may still spend, pair by pair, each reached by its index.
/// </summary>
/// <remarks>
/// Thread: one owner; readers elsewhere take a snapshot. Allocation: none once all pairs and groups are known. Cost:
/// sums are taken over all pairs when asked for, so that nothing running can drift from the
/// ledgers. Source: SPEC 7, 8 and 11.
/// </remarks>
public abstract class PortfolioBook
{
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _groups = new(StringComparer.Ordinal);
    private PairBook[] _pairs = [];
    private decimal[] _largest = [];
    private int _count;

    private protected PortfolioBook(PortfolioConfig config, decimal takerFee)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentOutOfRangeException.ThrowIfNegative(takerFee);
        Config = config;
        TakerFee = takerFee;
        PeakEquity = config.TotalCapital;
    }

    /// <summary>Capital and limits.</summary>
    public PortfolioConfig Config { get; }

    /// <summary>Fee rate a new order is assumed to pay, fraction.</summary>
    public decimal TakerFee { get; }

    /// <summary>Pairs registered; indexes run from 0 to one less.</summary>
    public int PairCount => _count;

    /// <summary>
    /// What the venue says can be spent, quote; null when there is no venue to ask (replay and backtest).
    /// </summary>
    public decimal? ExternalAvailable { get; set; }

    /// <summary>Highest equity sampled so far, quote; starts at the total capital. Part of a checkpoint.</summary>
    public decimal PeakEquity { get; set; }

    /// <summary>
    /// Deepest fall of sampled equity below <see cref="PeakEquity"/> so far, percent. Part of a checkpoint.
    /// </summary>
    public decimal MaxDrawdownPct { get; set; }

    /// <summary>Total capital + Σ fills (sell value − buy value − fee), quote: <c>C</c> of the loss breaker.</summary>
    public decimal Cash => Config.TotalCapital + Realized - Deployed;

    /// <summary>What the held positions cost, quote.</summary>
    public decimal Deployed => PortfolioSums.Deployed(Books);

    /// <summary>What queued, working and unknown entries may still take, quote.</summary>
    public decimal Reserved => PortfolioSums.Reserved(Books);

    /// <summary>Result of all sells, all fees taken off, quote.</summary>
    public decimal Realized => PortfolioSums.Realized(Books);

    /// <summary>Market value − cost of what is held, quote.</summary>
    public decimal Unrealized => PortfolioSums.Unrealized(Books);

    /// <summary>All fees paid, quote.</summary>
    public decimal Fees => PortfolioSums.Fees(Books);

    /// <summary>Cash + market value of what is held, quote: <c>E</c> of the loss breaker.</summary>
    public decimal Equity => Config.TotalCapital + Realized + Unrealized;

    /// <summary>
    /// What an entry may still spend, quote; negative when overdrawn. At most <see cref="ExternalAvailable"/>.
    /// </summary>
    public decimal Available
    {
        get
        {
            decimal own = Config.TotalCapital + Realized - Deployed - Reserved;
            return ExternalAvailable < own ? ExternalAvailable.Value : own;
        }
    }

    /// <summary>Pairs with exposure, dust not counted: what <c>MaxPositions</c> limits.</summary>
    public int PositionCount
    {
        get
        {
            int count = 0;
            for (int i = 0; i < _count; i++)
            {
                count += _pairs[i].HasExposure ? 1 : 0;
            }

            return count;
        }
    }

    internal ReadOnlySpan<PairBook> Books => _pairs.AsSpan(0, _count);

    /// <summary>Adds a pair. References from <see cref="Ledger(int)"/> taken before are no longer valid.</summary>
    /// <param name="pair">Its trading configuration.</param>
    /// <param name="product">Its increments and minimum sizes.</param>
    /// <returns>The pair's index: 0 for the first, rising by 1.</returns>
    /// <exception cref="ArgumentException">The product is registered already, or the two name different
    /// products.</exception>
    public int RegisterPair(PairConfig pair, ProductSpec product)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(product);
        if (pair.ProductId != product.ProductId)
        {
            throw new ArgumentException(
                $"the configuration of {pair.ProductId} came with the product {product.ProductId}", nameof(product));
        }

        if (!_indexes.TryAdd(pair.ProductId, _count))
        {
            throw new ArgumentException($"{pair.ProductId} is registered already", nameof(pair));
        }

        if (_count == _pairs.Length)
        {
            Array.Resize(ref _pairs, Math.Max(16, 2 * _count));
            _largest = new decimal[_pairs.Length];
        }

        _pairs[_count] = new PairBook { Config = pair, Product = product, MeasuredGroup = _count };
        _count++;
        SetGroup(_count - 1, pair.CorrelationGroup);
        return _count - 1;
    }

    /// <summary>The index of a product.</summary>
    /// <param name="productId">Such as <c>BTC-USD</c>.</param>
    /// <returns>From 0.</returns>
    /// <exception cref="ArgumentException">The product is not registered.</exception>
    public int IndexOf(string productId) => _indexes.TryGetValue(productId, out int pair)
        ? pair
        : throw new ArgumentException($"{productId} is not a registered pair", nameof(productId));

    /// <summary>
    /// A pair's money, to read, and to restore from a checkpoint; fills go through <see cref="ApplyFill"/>.
    /// </summary>
    /// <param name="pair">Index of the pair.</param>
    /// <returns>Valid until the next <see cref="RegisterPair"/>.</returns>
    public ref PositionLedger Ledger(int pair) => ref Book(pair).Ledger;

    /// <summary>Books a fill. Before the first price of the pair the fill's own price becomes its mark.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <param name="side">Buy or sell.</param>
    /// <param name="quantity">Base, above 0.</param>
    /// <param name="value">Quote without fee.</param>
    /// <param name="fee">Quote.</param>
    /// <param name="timeNs">Event time, ns since the Unix epoch.</param>
    /// <exception cref="InvalidOperationException">A sell of more than is held; nothing was changed.</exception>
    public void ApplyFill(int pair, OrderSide side, decimal quantity, decimal value, decimal fee, long timeNs)
    {
        ref PairBook book = ref Book(pair);
        if (side == OrderSide.Buy)
        {
            book.Ledger.ApplyBuy(quantity, value, fee, timeNs);
        }
        else
        {
            book.Ledger.ApplySell(quantity, value, fee, timeNs);
        }

        if (book.Mark == 0m)
        {
            book.Mark = decimal.Round(value / quantity, book.Product.PriceDecimals, MidpointRounding.ToEven);
        }
    }

    /// <summary>Takes coins out of a position that left without an order of ours, at what they cost.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <param name="quantity">Base, above 0, at most what is held.</param>
    /// <param name="timeNs">Event time, ns since the Unix epoch.</param>
    /// <returns>What they cost, quote: nothing is won or lost.</returns>
    public decimal TakeOut(int pair, decimal quantity, long timeNs) => Book(pair).Ledger.TakeOut(quantity, timeNs);

    /// <summary>Sets the price at which a pair is valued.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <param name="price">Last accepted price, quote per base, above 0; 0 only to restore a pair that never had
    /// one.</param>
    public void SetMark(int pair, decimal price) => Book(pair).Mark = price;

    /// <summary>The price at which a pair is valued.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <returns>Quote per base; 0 before the first price and the first fill.</returns>
    public decimal Mark(int pair) => Book(pair).Mark;

    /// <summary>Replaces what a pair's queued, working and unknown buys may still add and take.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <param name="exposure">Σ remaining · limit, quote, at least 0.</param>
    /// <param name="reserved">Σ remaining · price · (1 + taker fee), quote, at least 0.</param>
    /// <param name="quantity">Σ remaining, base, at least 0: what a rebalance does not recommend to buy again.</param>
    public void SetWorkingBuys(int pair, decimal exposure, decimal reserved, decimal quantity)
    {
        ref PairBook book = ref Book(pair);
        book.WorkingExposure = exposure;
        book.Reserved = reserved;
        book.Buying = quantity;
    }

    /// <summary>What was last set with <see cref="SetWorkingBuys"/>, for a checkpoint.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <returns>Exposure and reservation, quote; quantity, base.</returns>
    public (decimal Exposure, decimal Reserved, decimal Quantity) WorkingBuys(int pair) =>
        (Book(pair).WorkingExposure, Book(pair).Reserved, Book(pair).Buying);

    /// <summary>Says whether a pair is being closed; such a pair gets no rebalance recommendation.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <param name="exiting">True from the decision to exit until flat.</param>
    public void SetExiting(int pair, bool exiting) => Book(pair).Exiting = exiting;

    /// <summary>Takes new increments and minimum sizes of a product.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <param name="product">Same product id.</param>
    /// <exception cref="ArgumentException">Another product's specification.</exception>
    public void ChangeProduct(int pair, ProductSpec product)
    {
        ArgumentNullException.ThrowIfNull(product);
        ref PairBook book = ref Book(pair);
        if (product.ProductId != book.Product.ProductId)
        {
            throw new ArgumentException($"{book.Product.ProductId} cannot become {product.ProductId}", nameof(product));
        }

        book.Product = product;
    }

    /// <summary>Puts a pair into a configured correlation group.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <param name="group">Name, case matters; null makes the pair a group of its own.</param>
    public void SetGroup(int pair, string? group)
    {
        ref PairBook book = ref Book(pair);
        book.GroupName = group;
        if (group is null)
        {
            book.Group = -1 - pair;
            return;
        }

        if (!_groups.TryGetValue(group, out int number))
        {
            number = _groups.Count;
            _groups.Add(group, number);
        }

        book.Group = number;
    }

    /// <summary>Puts a pair into the group that it was measured to move with.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <param name="group">
    /// Index of the pair that the group is named after; the pair's own index where it moves with no other, as at first.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such pair.</exception>
    public void SetMeasuredGroup(int pair, int group)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)group, (uint)_count, nameof(group));
        Book(pair).MeasuredGroup = group;
    }

    /// <summary>What was last set with <see cref="SetMeasuredGroup"/>.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <returns>Index of the pair that its group is named after.</returns>
    public int MeasuredGroup(int pair) => Book(pair).MeasuredGroup;

    /// <summary>
    /// Market value held + what queued, working and unknown buys may add; working sells take nothing off.
    /// </summary>
    /// <param name="pair">Index of the pair.</param>
    /// <returns>Quote, at least 0.</returns>
    public decimal Exposure(int pair) => Book(pair).Exposure;

    /// <summary>Whether a pair counts as a position: a buy may still fill, or more than dust is held.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <returns>False for dust.</returns>
    public bool HasExposure(int pair) => Book(pair).HasExposure;

    /// <summary>Exposure of all pairs in a pair's configured group, its own included.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <returns>Quote.</returns>
    public decimal GroupExposure(int pair) => PortfolioSums.GroupExposure(Books, Book(pair).Group);

    /// <summary>Exposure of all pairs in a pair's measured group, its own included.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <returns>Quote.</returns>
    public decimal MeasuredExposure(int pair) => PortfolioSums.MeasuredExposure(Books, Book(pair).MeasuredGroup);

    /// <summary>The largest exposures together.</summary>
    /// <param name="n">How many, at least 1.</param>
    /// <param name="pairWithExtra">Index of a pair that is to count with more than it has; −1 for none.</param>
    /// <param name="extra">Quote to add to it.</param>
    /// <returns>Quote; the sum over all pairs when there are fewer than <paramref name="n"/>.</returns>
    public decimal TopExposure(int n, int pairWithExtra, decimal extra)
    {
        for (int i = 0; i < _count; i++)
        {
            _largest[i] = _pairs[i].Exposure + (i == pairWithExtra ? extra : 0m);
        }

        return PortfolioSums.Largest(_largest.AsSpan(0, _count), n);
    }

    /// <summary>The largest market values together; working buys do not count.</summary>
    /// <param name="n">How many, at least 1.</param>
    /// <returns>Quote.</returns>
    public decimal TopMarketValue(int n)
    {
        for (int i = 0; i < _count; i++)
        {
            _largest[i] = _pairs[i].MarketValue;
        }

        return PortfolioSums.Largest(_largest.AsSpan(0, _count), n);
    }

    private ref PairBook Book(int pair)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)pair, (uint)_count, nameof(pair));
        return ref _pairs[pair];
    }
}
