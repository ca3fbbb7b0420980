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
/// <see cref="RebalanceOptions.CooldownIntervals"/> whole intervals ago, a pair whose entry works, everything in a
/// portfolio that is halted, and increases in one that may only reduce.
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
    private readonly Lock _looking = new();
    private long _lookedAtNs;
    private long _pausedAtNs;
    private long? _lastNs;

    public RebalanceDesk(PairSetup[] pairs, PortfolioConfig config, decimal takerFee, RebalanceOptions options)
    {
        _pairs = pairs;
        _config = config;
        _takerFee = takerFee;
        _options = options;
        _settings = options.ToString();
        _gauge = new ReturnGauge(pairs, options.IntervalNs);
        _restsUntilNs = new long[pairs.Length];
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
            IReadOnlyList<RebalanceAction> actions = Ask(snapshot, nowNs);
            if (_options.Strategy.IsDue(_lastNs, nowNs))
            {
                _lastNs = nowNs;
            }

            return _options.Orders ? Orders(actions, snapshot) : [];
        }
    }

    /// <summary>What would be traded now; nothing of the desk changes.</summary>
    public IReadOnlyList<RebalanceAction> Recommend(PortfolioSnapshot snapshot, long nowNs)
    {
        lock (_looking)
        {
            return Ask(snapshot, nowNs);
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
        order = new RebalanceOrder(pair.Index, isBuy ? OrderSide.Buy : OrderSide.Sell, quantity, limit);
        return canSay && (!isBuy || limit > 0);
    }

    public void Save(CheckpointWriter writer)
    {
        lock (_looking)
        {
            writer.Section(SectionName);
            writer.Write(_settings);
            writer.Write(_pausedAtNs == 0 ? _lookedAtNs : _pausedAtNs);
            writer.Write(_lastNs ?? 0);
            writer.Write(MemoryMarshal.AsBytes(_restsUntilNs.AsSpan()));
            writer.Write(_gauge.Save());
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
            _lastNs = reader.ReadInt64() is not 0 and var last ? last : null;
            MemoryMarshal.Cast<byte, long>(reader.ReadBytes()).CopyTo(_restsUntilNs);
            _gauge.Restore(reader.ReadBytes());
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

    private IReadOnlyList<RebalanceAction> Ask(PortfolioSnapshot snapshot, long nowNs)
    {
        RebalancePosition[] positions = new RebalancePosition[_pairs.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            ProductSpec product = _pairs[i].Product;
            ref readonly PairFigures figures = ref snapshot.Pairs[i];
            decimal quantity = figures.Exiting ? 0m : product.QuantityOf(figures.Held);
            positions[i] = new RebalancePosition(
                product, _pairs[i].Config.PositionSizePct, quantity, product.PriceOf(figures.Mark));
        }

        RebalanceInputs inputs = new()
        {
            Volatilities = _gauge.Volatilities(),
            RiskShares = _options.Strategy.Method == RebalanceMethod.RiskParity ? _gauge.RiskShares(positions) : [],
            NowNs = nowNs,
            LastNs = _lastNs,
        };
        return PortfolioRebalancer.Recommend(
            _options.Strategy, _config, _takerFee, snapshot.Portfolio.Equity, positions, in inputs);
    }

    private List<RebalanceOrder> Orders(IReadOnlyList<RebalanceAction> actions, PortfolioSnapshot snapshot)
    {
        List<RebalanceOrder> orders = [];
        foreach (RebalanceAction action in actions)
        {
            if (TryOrder(in action, snapshot, out RebalanceOrder order) && MayTrade(in order, snapshot))
            {
                _restsUntilNs[order.Product] = _lookedAtNs + ((_options.CooldownIntervals + 1) * _options.IntervalNs);
                orders.Add(order);
            }
        }

        return [.. orders.OrderBy(order => order.Side == OrderSide.Buy).ThenBy(order => order.Product)];
    }

    private bool MayTrade(in RebalanceOrder order, PortfolioSnapshot snapshot)
    {
        ProductSpec product = _pairs[order.Product].Product;
        ref readonly PairFigures figures = ref snapshot.Pairs[order.Product];
        bool hasEntry = figures.Exposure > product.QuantityOf(figures.Held) * product.PriceOf(figures.Mark);
        TradingMode mode = snapshot.Portfolio.Mode;
        bool isAllowed = mode == TradingMode.Trading
            || (mode == TradingMode.ReduceOnly && order.Side == OrderSide.Sell);
        return isAllowed && !hasEntry && _lookedAtNs >= _restsUntilNs[order.Product];
    }

    private long LimitOf(ProductSpec product, long mark)
    {
        decimal limit = decimal.Floor(mark * (1m - (_options.EntryOffsetBps / 10_000m)));
        long units = decimal.ToInt64(limit);
        return units - (units % product.PriceIncrementUnits);
    }

    private long BoundaryAt(long nowNs) => nowNs - (nowNs % _options.IntervalNs);
}
