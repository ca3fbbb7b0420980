using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Looks at the portfolio once an interval of event time, and says what a rebalance would trade. The pipeline judges
/// each order again, at everything.
/// </summary>
/// <remarks>
/// Thread: any, one at a time; it locks itself. Held back: what was asked for less than
/// <see cref="RebalanceOptions.CooldownIntervals"/> whole intervals ago, a pair whose entry works (above its limit the
/// pair's entries are cancelled, and the next look reduces it), everything in a portfolio that is halted, and increases
/// in one that may only reduce.
/// </remarks>
internal sealed class RebalanceDesk
{
    private const string SectionName = "rebalances-1";

    private readonly PairSetup[] _pairs;
    private readonly PortfolioConfig _config;
    private readonly decimal _takerFee;
    private readonly RebalanceOptions _options;
    private readonly string _settings;
    private readonly ReturnGauge _gauge;
    private readonly long[] _restsUntilNs;
    private readonly CalendarDate _date;
    private readonly Lock _looking = new();
    private long _lookedAtNs;
    private long _pausedAtNs;

    public RebalanceDesk(PairSetup[] pairs, PortfolioConfig config, decimal takerFee, RebalanceOptions options)
    {
        _pairs = pairs;
        _config = config;
        _takerFee = takerFee;
        _options = options;
        _settings = options.ToString();
        _gauge = new ReturnGauge(pairs, options.IntervalNs);
        _restsUntilNs = new long[pairs.Length];
        _date = new CalendarDate(options.Strategy, pairs.Length);
    }

    /// <summary>
    /// Whether an interval has ended since the desk looked last; the first begins when it is first asked.
    /// </summary>
    /// <param name="nowNs">Event time, ns UTC.</param>
    public bool IsDue(long nowNs)
    {
        lock (_looking)
        {
            long boundary = BoundaryAt(nowNs);
            if (_lookedAtNs == 0)
            {
                _lookedAtNs = boundary;
            }

            return boundary > _lookedAtNs;
        }
    }

    /// <summary>An interval has ended: takes the prices in, and says what to trade.</summary>
    /// <param name="snapshot">How the portfolio stands.</param>
    /// <param name="nowNs">Event time, ns UTC.</param>
    /// <returns>By pair index; what sells comes first, because it makes room.</returns>
    public List<RebalanceOrder> Close(PortfolioSnapshot snapshot, long nowNs)
    {
        lock (_looking)
        {
            _lookedAtNs = BoundaryAt(nowNs);
            SkipPause();
            _gauge.Close(snapshot);
            if (!_options.Orders)
            {
                return [];      // who only measures uses no date up
            }

            _date.Look(nowNs);
            return Orders(Ask(snapshot, nowNs, forOrders: true), snapshot, nowNs);
        }
    }

    /// <summary>What would be traded now; nothing of the desk changes.</summary>
    public IReadOnlyList<RebalanceAction> Recommend(PortfolioSnapshot snapshot, long nowNs)
    {
        lock (_looking)
        {
            return Ask(snapshot, nowNs, forOrders: false);
        }
    }

    /// <summary>A recommendation in ring units.</summary>
    /// <returns>False for what the ring cannot say, or has no price for.</returns>
    public bool TryOrder(in RebalanceAction action, PortfolioSnapshot snapshot, out RebalanceOrder order)
    {
        string productId = action.ProductId;
        PairSetup pair = Array.Find(_pairs, candidate => candidate.ProductId == productId)!;
        bool isBuy = action.Kind == RebalanceKind.Increase;
        long limit = isBuy ? LimitOf(pair.Product, snapshot.Pairs[pair.Index].Mark) : 0;
        bool canSay = pair.Product.TryQuantityUnits(action.Quantity, out long quantity);
        order = new RebalanceOrder(
            pair.Index, isBuy ? OrderSide.Buy : OrderSide.Sell, quantity, limit, action.Kind);
        return canSay && (!isBuy || limit > 0);
    }

    public void Save(CheckpointWriter writer)
    {
        lock (_looking)
        {
            writer.Section(SectionName);
            writer.Write(_settings);
            writer.Write(_pausedAtNs == 0 ? _lookedAtNs : _pausedAtNs);
            writer.Write(_date.LastNs ?? 0);
            writer.Write(MemoryMarshal.AsBytes(_restsUntilNs.AsSpan()));
            writer.Write(_gauge.Save());
            _date.Save(writer);
        }
    }

    /// <summary>Takes a stored state back; with other settings all begins anew.</summary>
    public void Restore(CheckpointReader reader)
    {
        lock (_looking)
        {
            reader.Section(SectionName);
            if (reader.ReadString() != _settings)
            {
                return;
            }

            _lookedAtNs = reader.ReadInt64();
            long? lastNs = reader.ReadInt64() is not 0 and var last ? last : null;
            MemoryMarshal.Cast<byte, long>(reader.ReadBytes()).CopyTo(_restsUntilNs);
            _gauge.Restore(reader.ReadBytes());
            _date.Restore(lastNs, reader);
        }
    }

    /// <summary>
    /// Takes back what a session before wrote. Prices are old until the market has been heard again, so the next look
    /// is at the end of the interval in which the desk is first asked; the ends that passed meanwhile had no price.
    /// </summary>
    public void RestoreAfterPause(CheckpointReader reader)
    {
        lock (_looking)
        {
            Restore(reader);
            (_pausedAtNs, _lookedAtNs) = (_lookedAtNs, 0);
        }
    }

    private void SkipPause()
    {
        if (_pausedAtNs != 0)
        {
            _gauge.Skip(((_lookedAtNs - _pausedAtNs) / _options.IntervalNs) - 1);
            _pausedAtNs = 0;
        }
    }

    private IReadOnlyList<RebalanceAction> Ask(PortfolioSnapshot snapshot, long nowNs, bool forOrders)
    {
        RebalancePosition[] positions = Positions(snapshot);
        RebalanceInputs inputs = new()
        {
            Volatilities = _gauge.Volatilities(),
            RiskShares = _options.Strategy.Method == RebalanceMethod.RiskParity ? _gauge.RiskShares(positions) : [],
            ForOrders = forOrders,
            NowNs = nowNs,
            LastNs = _date.LastNs,
        };
        return PortfolioRebalancer.Recommend(
            _options.Strategy, _config, _takerFee, snapshot.Portfolio.Equity, positions, in inputs);
    }

    private RebalancePosition[] Positions(PortfolioSnapshot snapshot)
    {
        RebalancePosition[] positions = new RebalancePosition[_pairs.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            ProductSpec product = _pairs[i].Product;
            ref readonly PairFigures figures = ref snapshot.Pairs[i];
            decimal quantity = figures.Exiting ? 0m : product.QuantityOf(figures.Held);
            positions[i] = new RebalancePosition(
                product, _pairs[i].Config.PositionSizePct, quantity, product.PriceOf(figures.Mark))
            {
                Buying = product.QuantityOf(figures.Buying),
            };
        }

        return positions;
    }

    private List<RebalanceOrder> Orders(
        IReadOnlyList<RebalanceAction> actions, PortfolioSnapshot snapshot, long nowNs)
    {
        List<RebalanceOrder> orders = [];
        bool isLeft = IsAnyUnmeasured(snapshot);
        foreach (RebalanceAction action in actions)
        {
            bool isToLimit = action.Kind == RebalanceKind.ReduceToLimit;
            bool canSay = TryOrder(in action, snapshot, out RebalanceOrder order);
            if (isToLimit || !_date.HasTraded(order.Product, snapshot))
            {
                isLeft = true;
                orders.AddRange(
                    canSay && OrderNow(in order, isToLimit, snapshot) is { } now ? [now] : []);
            }
        }

        if (!isLeft)
        {
            _date.End(nowNs);
        }

        return [.. orders.OrderBy(order => order.Side == OrderSide.Buy).ThenBy(order => order.Product)];
    }

    // What of an order can be put into the ring at this look: the order, or what makes room for it.
    private RebalanceOrder? OrderNow(in RebalanceOrder order, bool isToLimit, PortfolioSnapshot snapshot)
    {
        int pair = order.Product;
        if (!IsAllowed(in order, snapshot))
        {
            return null;
        }

        if (snapshot.Pairs[pair].Buying > 0)
        {
            // What is too much already is not to become more, and is only sold where nothing of it is bought.
            return isToLimit ? RebalanceOrder.CancelEntries(pair) : null;
        }

        if (_lookedAtNs < _restsUntilNs[pair])
        {
            return null;
        }

        _restsUntilNs[pair] = _lookedAtNs + ((_options.CooldownIntervals + 1) * _options.IntervalNs);
        if (!isToLimit)
        {
            _date.Ask(in order, snapshot);
        }

        return order;
    }

    private bool IsAnyUnmeasured(PortfolioSnapshot snapshot)
    {
        RebalancePosition[] positions = Positions(snapshot);
        decimal[] volatilities = _gauge.Volatilities();
        return Array.Exists(_pairs, pair => positions[pair.Index].IsOpen && volatilities[pair.Index] == 0m);
    }

    private static bool IsAllowed(in RebalanceOrder order, PortfolioSnapshot snapshot) =>
        snapshot.Portfolio.Mode == TradingMode.Trading
        || (snapshot.Portfolio.Mode == TradingMode.ReduceOnly && order.Side == OrderSide.Sell);

    private long LimitOf(ProductSpec product, long mark)
    {
        decimal limit = decimal.Floor(mark * (1m - (_options.EntryOffsetBps / 10_000m)));
        long units = decimal.ToInt64(limit);
        return units - (units % product.PriceIncrementUnits);
    }

    private long BoundaryAt(long nowNs) => nowNs - (nowNs % _options.IntervalNs);
}
