using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>Brings the orders that were written down and those that the venue shows together.</summary>
/// <remarks>
/// It changes only where an order stands when no report could say so; what an order traded and how it ended comes as
/// reports from the gateway, which is told what is booked already. Pure: the same rows and the same look give the same.
/// </remarks>
internal sealed class OrderMerge
{
    private readonly StoredSession _session;
    private readonly PairSetup[] _pairs;
    private readonly SortedDictionary<long, MergedOrder> _orders = [];
    private readonly HashSet<OrderName> _names = [];

    private OrderMerge(StoredSession session, PairSetup[] pairs)
    {
        _session = session;
        _pairs = pairs;
        foreach (StoredOrder order in session.Portfolio.Orders)
        {
            _orders.Add(order.Sequence, new MergedOrder(session.Orders[order.Sequence]));
        }
    }

    public IReadOnlyCollection<MergedOrder> Orders => _orders.Values;

    public List<ReconcileLine> Lines { get; } = [];

    /// <summary>Our orders that the venue showed.</summary>
    public int SeenCount => _names.Count;

    /// <exception cref="ReconcileException">An order of ours cannot be explained.</exception>
    public static OrderMerge Of(StoredSession session, PairSetup[] pairs, VenuePortfolio look)
    {
        OrderMerge merge = new(session, pairs);
        List<(OrderName Name, SeenOrder Seen)> ours = [];
        foreach (SeenOrder seen in look.Orders)
        {
            if (OrderName.TryParse(session.EngineId, seen.ClientOrderId, out OrderName name) && merge._names.Add(name))
            {
                ours.Add((name, seen));
            }
        }

        foreach ((OrderName name, SeenOrder seen) in ours.OrderBy(our => our.Name.Sequence))
        {
            merge.Take(name, seen);
        }

        merge.TellUnseen(look.IsAnew);
        return merge;
    }

    /// <summary>Units of a base quantity of an order's pair.</summary>
    public long UnitsOf(int product, decimal quantity, string what) =>
        _pairs[product].Product.TryQuantityUnits(quantity, out long units)
            ? units
            : throw new ReconcileException(string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {quantity} does not fit the grid of {_pairs[product].ProductId}; start with its grid"));

    public void Tell(ReconcileFinding finding, MergedOrder about, long quantity, string text)
    {
        PairSetup pair = _pairs[about.Order.Product];
        decimal size = pair.Product.QuantityOf(quantity);
        Lines.Add(new ReconcileLine(
            finding, pair.ProductId, about.Order.Sequence, size,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{pair.ProductId} {PurposeOf(about.Order)} #{about.Order.Sequence} "
                + $"of {size:0.################}: {text}")));
    }

    private void Take(OrderName name, SeenOrder seen)
    {
        if (Array.Find(_pairs, pair => pair.ProductId == seen.ProductId) is not { } pair)
        {
            RefuseIfOpen(seen, "its product is none of this engine's");
            return;
        }

        MergedOrder? order = Find(name);
        if (order is null && IsOfInterest(name, seen, pair))
        {
            order = Adopt(name, seen, pair);
        }

        if (order is null)
        {
            return;
        }

        if (order.Order.Product != pair.Index || order.Order.Side != seen.Side)
        {
            throw new ReconcileException(
                $"the venue has {seen.ClientOrderId} as a {seen.Side} of {seen.ProductId}, which is not what was asked "
                + "for; look at the account, cancel it by hand");
        }

        MergedOrder taken = Successor(order, seen, pair) ?? order;
        if (MovedStopSize.Explained(_session, _orders, taken, seen, pair) is { } size)
        {
            taken.SetTerms(taken.Order.Limit, taken.Order.Trigger, size);
            Tell(ReconcileFinding.ReplacedMeanwhile, taken, size, "rests for what the stop before it had not sold");
        }

        TakeSeen(taken, seen);
    }

    private MergedOrder? Find(OrderName name) =>
        _orders.TryGetValue(name.Sequence, out MergedOrder? order) && order.Epoch == name.Epoch ? order : null;

    // An order that ended long ago, or ended without a trade, says nothing that is not known.
    private bool IsOfInterest(OrderName name, SeenOrder seen, PairSetup pair)
    {
        bool isWritten = _session.Orders.TryGetValue(name.Sequence, out WrittenOrder? written)
            && written.Epoch == name.Epoch;
        return seen.IsOpen || (isWritten
            ? UnitsOf(pair.Index, seen.FilledSize, seen.ClientOrderId) > written!.Order.Cumulative
            : seen.FilledSize > 0m);
    }

    private MergedOrder Adopt(OrderName name, SeenOrder seen, PairSetup pair)
    {
        if (_session.Orders.TryGetValue(name.Sequence, out WrittenOrder? written) && written.Epoch == name.Epoch)
        {
            MergedOrder known = new(written);
            _orders.Add(name.Sequence, known);
            return known;
        }

        bool isFree = written is null && !_orders.ContainsKey(name.Sequence);
        if (name.Epoch > _session.Epoch || !isFree || name.Sequence > _session.Portfolio.LastOrderSequence)
        {
            throw new ReconcileException(
                $"the venue has {seen.ClientOrderId}, which this database does not know; is it an older copy? "
                + "Cancel the order by hand, and look at the position");
        }

        WrittenOrder found = new(OrderOf(name.Sequence, seen, pair), name.Epoch);
        MergedOrder adopted = new(found) { IsChanged = true };
        _orders.Add(name.Sequence, adopted);
        long size = adopted.Order.Quantity;
        if (adopted.Order.Side == OrderSide.Sell)
        {
            Tell(ReconcileFinding.OrderAdopted, adopted, size, "was sent and not written down; taken over");
        }
        else
        {
            // Entries are written down before they are sent: nobody remembers why this one was.
            if (seen.IsOpen)
            {
                adopted.Cancel();
            }

            Tell(ReconcileFinding.OrphanCancelled, adopted, size, "no row knows it; cancelled, what it bought is kept");
        }

        return adopted;
    }

    private StoredOrder OrderOf(long sequence, SeenOrder seen, PairSetup pair) => new()
    {
        Sequence = sequence,
        Product = pair.Index,
        Side = seen.Side,
        Type = seen.Type,
        Purpose = PurposeOf(seen, pair),
        State = OrderState.Unknown,
        Limit = pair.Product.TryPriceUnits(seen.LimitPrice, out long limit) ? limit : 0,
        Trigger = pair.Product.TryPriceUnits(seen.StopPrice, out long trigger) ? trigger : 0,
        Quantity = UnitsOf(pair.Index, seen.Size, seen.ClientOrderId),
        CreatedAtNs = seen.CreatedAtNs,
        PositionId = _session.Portfolio.Positions
            .FirstOrDefault(position => position.Product == pair.Index)?.PositionId ?? 0,
    };

    // An exit sells all that is held; what sells less was to leave the rest protected.
    private OrderPurpose PurposeOf(SeenOrder seen, PairSetup pair) =>
        seen.Side == OrderSide.Buy ? OrderPurpose.Entry
        : seen.Type == OrderType.StopLimit ? OrderPurpose.Stop
        : seen.Size + pair.Product.QuantityIncrement <= pair.Product.QuantityOf(CoinCheck.HeldOf(_session, pair))
            ? OrderPurpose.Reduce
        : OrderPurpose.Exit;

    // An edit keeps the venue's order and its name; by its terms it is one of our newer orders.
    private MergedOrder? Successor(MergedOrder named, SeenOrder seen, PairSetup pair)
    {
        if (named.Order.Purpose != OrderPurpose.Stop || !pair.Product.TryPriceUnits(seen.StopPrice, out long trigger))
        {
            return null;
        }

        // Several stops may have one trigger, and stops of one trigger may be merged: then the size tells.
        long size = UnitsOf(pair.Index, seen.Size, seen.ClientOrderId);
        bool isMoved = trigger != named.Order.Trigger;
        if (!isMoved && size == named.Order.Quantity)
        {
            return null;
        }

        WrittenOrder? newer = _session.Orders.Values
            .Where(written => written.Order.Product == pair.Index && written.Order.Purpose == OrderPurpose.Stop
                && written.Order.Sequence > named.Order.Sequence && written.Order.Trigger == trigger
                && (isMoved || written.Order.Quantity == size)
                && !_names.Contains(new OrderName(written.Epoch, written.Order.Sequence)))
            .MaxBy(written => (written.Order.Quantity == size, written.Order.Sequence));
        if (newer is null)
        {
            return isMoved ? MovedUnwritten(named, seen, pair) : null;
        }

        MergedOrder successor = MergedOf(newer);
        Succeed(named, successor);
        return successor;
    }

    private MergedOrder MergedOf(WrittenOrder written)
    {
        if (!_orders.TryGetValue(written.Order.Sequence, out MergedOrder? order))
        {
            order = new MergedOrder(written);
            _orders.Add(written.Order.Sequence, order);
        }

        return order;
    }

    // The row of the last move was lost with the process: what stood there last has the terms that the venue shows, or
    // has traded under them already.
    private MergedOrder MovedUnwritten(MergedOrder named, SeenOrder seen, PairSetup pair)
    {
        WrittenOrder? newest = _session.Orders.Values
            .Where(written => written.Order.Product == pair.Index && written.Order.Purpose == OrderPurpose.Stop
                && written.Order.Sequence > named.Order.Sequence
                && written.Order.IsOfPosition(named.Order.PositionId)
                && !_names.Contains(new OrderName(written.Epoch, written.Order.Sequence))
                && (IsLeft(written) || written.Order.Cumulative > 0))
            .MaxBy(written => (IsLeft(written), written.Order.Sequence));
        MergedOrder last = newest is null ? named : MergedOf(newest);
        if (last != named)
        {
            Succeed(named, last);
        }

        if (seen.IsOpen && pair.Product.TryPriceUnits(seen.LimitPrice, out long limit)
            && pair.Product.TryPriceUnits(seen.StopPrice, out long trigger))
        {
            last.SetTerms(limit, trigger, UnitsOf(pair.Index, seen.Size, seen.ClientOrderId) - last.BaseFilled);
            Tell(
                ReconcileFinding.ReplacedMeanwhile, last, last.Order.Quantity, string.Create(
                    CultureInfo.InvariantCulture,
                    $"was moved to {seen.StopPrice:0.################} by an edit that no row knows"));
        }

        return last;
    }

    private bool IsLeft(WrittenOrder written) =>
        _orders.TryGetValue(written.Order.Sequence, out MergedOrder? order) && order is { IsOver: false, Seen: null };

    private void Succeed(MergedOrder named, MergedOrder successor)
    {
        (successor.ClientEpoch, successor.ClientSequence) = (named.Epoch, named.Order.Sequence);
        WrittenOrder[] chain = [.. ChainOf(named, successor.Order)];
        foreach (StoredOrder link in chain.Select(written => written.Order))
        {
            successor.BaseFilled += link.Cumulative;
            successor.BaseValue += link.FilledValue;
            successor.BaseFees += link.Fees;
        }

        Follow(named, successor, chain);
    }

    // The orders that one order of the venue has been, one after the other: none but the first has a name there.
    private IEnumerable<WrittenOrder> ChainOf(MergedOrder named, StoredOrder until) => _session.Orders.Values.Where(
        written => written.Order.Product == until.Product && written.Order.Purpose == OrderPurpose.Stop
            && written.Order.Sequence >= named.Order.Sequence && written.Order.Sequence < until.Sequence
            && (written.Order.Sequence == named.Order.Sequence
                || !_names.Contains(new OrderName(written.Epoch, written.Order.Sequence))));

    // The last edit may have been carried out without anybody hearing of it, or after it was given up because the stop
    // triggered: what it replaced is gone all the same, else it would count for ever.
    private void Follow(MergedOrder named, MergedOrder successor, WrittenOrder[] chain)
    {
        MergedOrder[] left = [.. chain
            .Select(written => _orders.GetValueOrDefault(written.Order.Sequence))
            .OfType<MergedOrder>()
            .Where(link => !link.IsOver && (link == named || WasThere(link.Order.State)))];
        if (left.Length == 0)
        {
            return;
        }

        foreach (MergedOrder link in left)
        {
            link.SetState(OrderState.Replaced);
        }

        if (successor.Order.State != OrderState.Filled)
        {
            successor.SetState(OrderState.Working);
        }

        Tell(ReconcileFinding.ReplacedMeanwhile, successor, successor.Order.Quantity, "took the place of "
            + string.Create(CultureInfo.InvariantCulture, $"#{left[^1].Order.Sequence} by an edit"));
    }

    private static bool WasThere(OrderState state) =>
        state is OrderState.Working or OrderState.Triggered or OrderState.CancelPending;

    private void TakeSeen(MergedOrder order, SeenOrder seen)
    {
        order.Seen = seen;
        long traded = UnitsOf(order.Order.Product, seen.FilledSize, seen.ClientOrderId);
        order.Growth = Math.Max(0, traded - order.BaseFilled - order.Order.Cumulative);
        if (order.Growth > 0)
        {
            Tell(ReconcileFinding.FilledMeanwhile, order, order.Growth, TradedText(order, seen));
        }

        bool isComplete = order.Order.Cumulative + order.Growth >= order.Order.Quantity;
        if (!seen.IsOpen)
        {
            if (!order.IsOver && !isComplete)
            {
                Tell(ReconcileFinding.EndedMeanwhile, order, order.Order.Quantity, "ended at the venue; booked");
            }
        }
        else if (!order.IsToCancel && (order.IsOver || order.Order.State == OrderState.CancelPending))
        {
            // A cancel that never arrived, or an end that was not one: it works, and counts.
            order.SetState(order.IsOver ? OrderState.Unknown
                : seen.IsTriggered ? OrderState.Triggered
                : OrderState.Working);
            Tell(ReconcileFinding.StillAtVenue, order, order.Order.Quantity, "still works at the venue; it counts");
        }
    }

    private string TradedText(MergedOrder order, SeenOrder seen)
    {
        decimal size = _pairs[order.Order.Product].Product.QuantityOf(order.Growth);
        string liquidity = seen.LiquidityOfLast(size) switch
        {
            Liquidity.Maker => " as maker",
            Liquidity.Taker => " as taker",
            _ => string.Empty,
        };
        string found = seen.IsInNoList ? ", found by its fills, in no list of orders" : string.Empty;
        return $"traded while nobody ran{liquidity}{found}; booked";
    }

    private void TellUnseen(bool isAnew)
    {
        foreach (MergedOrder order in _orders.Values.Where(order => order.Seen is null && !order.IsOver))
        {
            bool isAsked = order.Order.State is OrderState.Intended or OrderState.Submitted or OrderState.Unknown;
            (ReconcileFinding finding, string text) = (isAnew, isAsked) switch
            {
                (true, _) => (ReconcileFinding.VenueBeganAnew, "ended with the simulated venue"),
                (_, true) => (ReconcileFinding.AnswerUnknown, "not at the venue; it counts until that is certain"),
                _ => (ReconcileFinding.MissingAtVenue, "not at the venue any more; asked about"),
            };
            Tell(finding, order, order.Order.Quantity, text);
        }
    }

    private static void RefuseIfOpen(SeenOrder seen, string why)
    {
        if (seen.IsOpen)
        {
            throw new ReconcileException(
                $"the venue has {seen.ClientOrderId} of {seen.ProductId} open, and {why}; start with all pairs, or "
                + "cancel it by hand");
        }
    }

    private static string PurposeOf(StoredOrder order) => order.Purpose switch
    {
        OrderPurpose.Stop => "stop",
        OrderPurpose.Exit => "exit",
        OrderPurpose.Reduce => "sell of a part",
        _ => "entry",
    };
}
