using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Paper;

/// <summary>SPEC 12 written down slowly: lists, LINQ and decimals. The paper exchange must report the same.</summary>
internal sealed class PlainPaperExchange(PaperConfig config, PairSetup[] pairs, decimal cash, bool bars)
{
    private readonly List<(long DueNs, OrderCommand Command)> _arrivals = [];
    private readonly List<PlainOrder> _live = [];
    private readonly List<PlainOrder> _done = [];
    private readonly decimal[] _last = new decimal[pairs.Length];
    private readonly decimal?[] _gap = new decimal?[pairs.Length];
    private readonly decimal[] _base = new decimal[pairs.Length];
    private long _fills;

    public List<PlainReport> Reports { get; } = [];

    public decimal Cash { get; private set; } = cash;

    public decimal HeldCash => _live.Where(order => order.Side == OrderSide.Buy).Sum(Cost);

    public int OpenOrders => _live.Count;

    public decimal Base(int product) => _base[product];

    public decimal HeldBase(int product) =>
        _live.Where(order => order.Product == product && order.Side == OrderSide.Sell).Sum(order => order.Remaining);

    public void Submit(OrderCommand command) =>
        _arrivals.Add((command.ReleasedAtNs + (config.LatencyMs * 1_000_000L), command));

    public void Deliver(long nowNs)
    {
        foreach (var instant in _arrivals.Where(arrival => arrival.DueNs <= nowNs)
            .GroupBy(arrival => arrival.DueNs)
            .OrderBy(group => group.Key)
            .ToList())
        {
            List<OrderCommand> commands = [.. instant.Select(arrival => arrival.Command)];
            List<OrderCommand> news = [.. commands.Where(command => command.Kind != OrderCommandKind.Cancel)
                .OrderBy(command => command.Sequence)];
            List<OrderCommand> cancels = [.. commands.Where(command => command.Kind == OrderCommandKind.Cancel)
                .OrderBy(command => command.Sequence)];
            List<OrderCommand> late =
                [.. cancels.Where(cancel => news.Any(order => order.Sequence == cancel.Sequence))];
            foreach (OrderCommand command in cancels.Where(cancel => !late.Contains(cancel)).Concat(news).Concat(late))
            {
                Take(command, instant.Key);
            }
        }

        _arrivals.RemoveAll(arrival => arrival.DueNs <= nowNs);
    }

    public void Match(MarketTick tick)
    {
        ProductSpec product = pairs[tick.Product].Product;
        decimal price = product.PriceOf(tick.Price);
        decimal last = _last[tick.Product];
        decimal available =
            product.QuantityIncrement * decimal.Floor(product.QuantityOf(tick.Quantity) / product.QuantityIncrement);
        List<PlainOrder> mine = [.. _live.Where(order => order.Product == tick.Product)];
        List<PlainOrder> reached = [.. mine
            .Where(order => Reaches(order, price))
            .OrderBy(order => order.Type == OrderType.Market ? 0 : 1)
            .ThenBy(order => WayTo(order, last))
            .ThenBy(order => order.Sequence)];
        bool marketSellDone = false;
        foreach (PlainOrder order in reached)
        {
            available -= Meet(order, price, tick.TimeNs, config.PartialFills ? available : order.Remaining);
            if (order is { Type: OrderType.LimitIoc, Remaining: > 0m })
                Report(ReportKind.Expired, order, tick.TimeNs);
            marketSellDone |= order is { Type: OrderType.Market, Side: OrderSide.Sell, Remaining: 0m };
        }

        mine.ForEach(order => order.MetTick = true);
        foreach (PlainOrder unfilled in reached.Where(order => order is { Type: OrderType.LimitIoc, Remaining: > 0m }))
        {
            _live.Remove(unfilled);
            _done.Add(unfilled);
        }

        _done.AddRange(mine.Where(order => order.Remaining == 0m));
        _live.RemoveAll(order => order.Remaining == 0m);
        _last[tick.Product] = price;
        _gap[tick.Product] = marketSellDone ? null : _gap[tick.Product];
    }

    private static bool Reaches(PlainOrder order, decimal price)
    {
        if (order.Type is OrderType.Market or OrderType.LimitIoc)
            return true;
        if (order.Sleeps)
            return price <= order.Trigger;
        return order.Side == OrderSide.Buy ? price <= order.Limit : price >= order.Limit;
    }

    private static decimal WayTo(PlainOrder order, decimal last)
    {
        if (order.Type == OrderType.Market || last == 0m)
            return 0m;
        decimal level = order.Sleeps ? order.Trigger : order.Limit;
        bool alreadyThere = order.Sleeps || order.Side == OrderSide.Buy ? last <= level : last >= level;
        return alreadyThere ? 0m : Math.Abs(last - level);
    }

    private decimal Meet(PlainOrder order, decimal price, long timeNs, decimal available)
    {
        if (order.Type == OrderType.Market)
        {
            decimal worse =
                order.Side == OrderSide.Sell && _gap[order.Product] is { } gap ? Math.Min(price, gap) : price;
            return Fill(order, Slipped(order, worse), Liquidity.Taker, timeNs, available);
        }

        if (order.Sleeps)
        {
            order.Triggered = true;
            Report(ReportKind.Triggered, order, timeNs);
            if (price >= order.Limit)
                return Fill(order, Slipped(order, price), Liquidity.Taker, timeNs, available);
            if (bars)
                _gap[order.Product] = Math.Min(price, _gap[order.Product] ?? price);
            return 0m;
        }

        bool isBeyondLimit = order.Side == OrderSide.Buy ? price > order.Limit : price < order.Limit;
        if (order.Type == OrderType.LimitIoc && isBeyondLimit)
            return 0m;
        if (order.Type is OrderType.Limit or OrderType.LimitIoc && !order.MetTick)
            return Fill(order, Slipped(order, price), Liquidity.Taker, timeNs, available);
        if (order.Type == OrderType.StopLimit)
            _gap[order.Product] = null;
        return Fill(order, order.Limit, Liquidity.Maker, timeNs, available);
    }

    private decimal Fill(PlainOrder order, decimal price, Liquidity liquidity, long timeNs, decimal available)
    {
        decimal quantity = Math.Min(order.Remaining, available);
        if (quantity == 0m)
            return 0m;
        decimal value = price * quantity;
        decimal fee = RoundedUp(value * (liquidity == Liquidity.Maker ? config.MakerFee : config.TakerFee));
        order.Filled += quantity;
        Cash += order.Side == OrderSide.Buy ? -value - fee : value - fee;
        _base[order.Product] += order.Side == OrderSide.Buy ? quantity : -quantity;
        Reports.Add(Describe(ReportKind.Fill, order, timeNs) with
        {
            Price = price, Value = value, Fee = fee, Liquidity = liquidity, TradeKey = ++_fills,
        });
        return quantity;
    }

    private decimal Slipped(PlainOrder order, decimal price)
    {
        const decimal Unit = 0.00000001m;
        decimal share = config.SlippageBps / 10_000m;
        if (order.Side == OrderSide.Buy)
        {
            decimal dearer = decimal.Ceiling(price * (1m + share) / Unit) * Unit;
            return order.Type == OrderType.Market ? dearer : Math.Min(dearer, order.Limit);
        }

        decimal cheaper = Math.Max(Unit, decimal.Floor(price * (1m - share) / Unit) * Unit);
        return Math.Max(cheaper, order.Limit);
    }

    private static decimal RoundedUp(decimal fee) => decimal.Ceiling(fee * 100_000_000m) / 100_000_000m;

    private decimal Cost(PlainOrder order)
    {
        decimal value = order.PriceHeldFor * order.Remaining;
        return value + RoundedUp(value * config.TakerFee);
    }

    private void Take(OrderCommand command, long timeNs)
    {
        ProductSpec product = pairs[command.Product].Product;
        var order = new PlainOrder
        {
            Sequence = command.Sequence, Product = command.Product, Side = command.Side, Type = command.Type,
            Limit = product.PriceOf(command.Limit), Trigger = product.PriceOf(command.Trigger),
            Quantity = product.QuantityOf(command.Quantity),
        };
        PlainOrder? named = _live.Find(live =>
            live.Sequence == (command.Kind == OrderCommandKind.Replace ? command.Replaces : command.Sequence)
            && live.Product == command.Product);
        if (command.Kind == OrderCommandKind.Cancel && named is null)
        {
            PlainOrder gone = _done.FindLast(done => done.Sequence == command.Sequence) ?? order;
            Reports.Add(Describe(ReportKind.CancelRejected, gone, timeNs) with { Reason = RejectReason.OrderIsDone });
            return;
        }

        if (command.Kind == OrderCommandKind.Replace && named is null)
        {
            Reports.Add(Describe(ReportKind.Rejected, order, timeNs) with { Reason = RejectReason.OrderIsDone });
            return;
        }

        if (command.Kind != OrderCommandKind.Place)
        {
            _live.Remove(named!);
            _done.Add(named!);
        }

        if (command.Kind == OrderCommandKind.Cancel)
        {
            Report(ReportKind.Cancelled, named!, timeNs);
            return;
        }

        Admit(order, command.Kind == OrderCommandKind.Replace ? named : null, timeNs);
    }

    private void Admit(PlainOrder order, PlainOrder? replaced, long timeNs)
    {
        order.PriceHeldFor = order.Type == OrderType.Market ? _last[order.Product] : order.Limit;
        RejectReason reason = Reason(order);
        if (reason != RejectReason.None)
        {
            if (replaced is not null)
                Report(ReportKind.Cancelled, replaced, timeNs);
            Reports.Add(Describe(ReportKind.Rejected, order, timeNs) with { Reason = reason });
            return;
        }

        _live.Add(order);
        PlainReport report = Describe(replaced is null ? ReportKind.Ack : ReportKind.Replaced, order, timeNs);
        Reports.Add(report with { Related = replaced?.Sequence ?? 0 });
    }

    private RejectReason Reason(PlainOrder order)
    {
        decimal last = _last[order.Product];
        if (order is { Type: OrderType.Market, Side: OrderSide.Buy } && last == 0m)
            return RejectReason.InvalidOrder;
        if (Chance(order.Sequence) < config.RejectionRate)
            return RejectReason.Chance;
        if (order.Type == OrderType.StopLimit && last != 0m && order.Trigger >= last)
            return RejectReason.StopThroughMarket;
        bool covered = order.Side == OrderSide.Buy
            ? Cost(order) <= Cash - HeldCash
            : order.Quantity <= _base[order.Product] - HeldBase(order.Product);
        return covered ? RejectReason.None : RejectReason.InsufficientFunds;
    }

    /// <summary>hash(seed, order sequence, 0) as a fraction with 6 decimals.</summary>
    private decimal Chance(long sequence)
    {
        ulong hash = 0;
        foreach (ulong part in new[] { (ulong)config.Seed, (ulong)sequence, 0UL })
        {
            hash = unchecked((hash ^ part) + 0x9E3779B97F4A7C15UL);
            hash = unchecked((hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL);
            hash = unchecked((hash ^ (hash >> 27)) * 0x94D049BB133111EBUL);
            hash ^= hash >> 31;
        }

        return (decimal)(ulong)(((UInt128)hash * 1_000_000) >> 64) / 1_000_000m;
    }

    private void Report(ReportKind kind, PlainOrder order, long timeNs) => Reports.Add(Describe(kind, order, timeNs));

    private static PlainReport Describe(ReportKind kind, PlainOrder order, long timeNs) => new(
        kind, order.Product, timeNs, order.Sequence, 0, order.Side, order.Type, order.Limit,
        order.Trigger, order.Quantity, order.Filled, 0m, 0m, Liquidity.None, RejectReason.None, 0);
}
