using System.Collections.Frozen;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// The way into an engine: brings what callers say into ring units and puts it into the inbox, waiting while that is
/// full.
/// </summary>
/// <remarks>Thread: any. Allocation: a task for those who want to wait, else none.</remarks>
/// <param name="engine">Whose state says whether anything is taken.</param>
/// <param name="inbox">Where to.</param>
/// <param name="wake">Wakes the engine's thread.</param>
internal sealed class EngineInput(TradingEngine engine, Inbox<EngineItem> inbox, WakeGate wake)
{
    private readonly FrozenDictionary<string, int> _indexOf =
        engine.Pairs.ToFrozenDictionary(pair => pair.ProductId, pair => pair.Index, StringComparer.Ordinal);

    private long _ticksTaken;
    private long _ticksRefused;

    public long TicksTaken => Interlocked.Read(ref _ticksTaken);

    public long TicksRefused => Interlocked.Read(ref _ticksRefused);

    public long NowNs => EngineLoop.NowNs(engine.Time);

    public bool TryIndexOf(string? productId, out int index) =>
        _indexOf.TryGetValue(productId ?? string.Empty, out index);

    public bool PublishTick(string productId, decimal price, decimal quantity, long tradeKey, long venueTimeNs) =>
        TryTick(productId, price, quantity, tradeKey, venueTimeNs, out EngineItem item) ? Take(in item) : Refuse();

    public bool PublishTick(in MarketTick tick)
    {
        if ((uint)tick.Product >= (uint)engine.Pairs.Count || tick.Price <= 0 || tick.Quantity < 0)
        {
            return Refuse();
        }

        return Take(new EngineItem
        {
            Kind = EventKind.Tick,
            Product = tick.Product,
            ReceivedAtNs = NowNs,
            VenueTimeNs = tick.TimeNs,
            Price = tick.Price,
            Quantity = tick.Quantity,
            TradeKey = tick.TradeKey,
        });
    }

    /// <exception cref="ArgumentOutOfRangeException">
    /// No such pair, or the flag is not the caller's, or not of one pair.
    /// </exception>
    /// <exception cref="EngineStoppedException">The engine is not running.</exception>
    public void PublishFeedState(int product, HealthFlag flag, bool isBad)
    {
        RequirePair(product, least: -1);
        bool isKnown = flag == HealthFlag.FeedDown
            || (flag is HealthFlag.ClockSkew or HealthFlag.NotReconciled && product == -1);
        if (!isKnown)
        {
            throw new ArgumentOutOfRangeException(
                nameof(flag), flag,
                "allowed are FeedDown of a pair or of all (-1), ClockSkew and NotReconciled of all (-1)");
        }

        Post(new EngineItem
        {
            Kind = EventKind.FeedState,
            Health = flag,
            Product = product,
            Quantity = isBad ? 1 : 0,
            ReceivedAtNs = NowNs,
        });
    }

    /// <summary>
    /// Publishes a tick; the task completes when it has passed the stages. Null when it must be refused.
    /// </summary>
    public Task? PublishTickAsync(string productId, decimal price, decimal quantity, long tradeKey, long venueTimeNs)
    {
        if (!TryTick(productId, price, quantity, tradeKey, venueTimeNs, out EngineItem item))
        {
            _ = Refuse();
            return null;
        }

        Task passed = PostAsync(in item);
        _ = Interlocked.Increment(ref _ticksTaken);
        return passed;
    }

    /// <summary>Posts an item; the task completes when its event has passed the stages.</summary>
    /// <exception cref="EngineStoppedException">The engine is not running.</exception>
    public Task PostAsync(in EngineItem item)
    {
        TaskCompletionSource passed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        EngineItem awaited = item;
        awaited.Passed = passed;
        Post(in awaited);
        if (engine.Completion.IsCompleted)
        {
            _ = passed.TrySetException(engine.NotRunning());      // it was put in after the last look into the inbox
        }

        return passed.Task;
    }

    /// <summary>Asks for an entry.</summary>
    /// <exception cref="EngineStoppedException">The engine is not running.</exception>
    public void PostEntry(int product, OrderType type, long limit, long quantity, int source) => Post(new EngineItem
    {
        Kind = EventKind.EntryCommand,
        Product = product,
        OrderType = type,
        Price = limit,
        Quantity = quantity,
        Source = source,
        ReceivedAtNs = NowNs,
    });

    /// <summary>A caller's entry, checked.</summary>
    /// <exception cref="ArgumentException">No such pair, another type, or a number that is not allowed.</exception>
    /// <exception cref="EngineStoppedException">The engine is not running.</exception>
    public void SubmitEntry(int product, OrderType type, long limit, long quantity)
    {
        RequirePair(product, least: 0);
        ArgumentOutOfRangeException.ThrowIfNegative(quantity);
        switch (type)
        {
            case OrderType.Limit:
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
                break;
            case OrderType.Market:
                ArgumentOutOfRangeException.ThrowIfNotEqual(limit, 0);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "an entry is a Limit or a Market order");
        }

        PostEntry(product, type, limit, quantity, source: 0);
    }

    /// <summary>A caller's instruction, checked: what the stages tell each other nobody else may.</summary>
    /// <exception cref="ArgumentException">No such instruction, no such pair, or not one of a pair.</exception>
    /// <exception cref="EngineStoppedException">The engine is not running.</exception>
    public Task ControlAsync(ControlAction action, int product)
    {
        RequirePair(product, least: -1);
        switch (action)
        {
            case ControlAction.Halt or ControlAction.ReduceOnly or ControlAction.Resume or ControlAction.ResumeRebased:
                return product == -1
                    ? PostControlAsync(action, product, ExitReason.None)
                    : throw new ArgumentOutOfRangeException(
                        nameof(product), product, $"{action} is of the whole portfolio (-1), not of a pair");
            case ControlAction.Liquidate:
                return PostControlAsync(action, product, ExitReason.Liquidation);
            case ControlAction.CancelEntries:
                for (int pair = 0; product == -1 && pair < engine.Pairs.Count - 1; pair++)
                {
                    Post(ItemOf(action, pair, ExitReason.None));
                }

                return PostControlAsync(action, product == -1 ? engine.Pairs.Count - 1 : product, ExitReason.None);
            default:
                throw new ArgumentOutOfRangeException(
                    nameof(action), action,
                    "allowed are Halt, ReduceOnly, Resume and ResumeRebased of the portfolio (-1), Liquidate and "
                    + "CancelEntries of the portfolio or of a pair");
        }
    }

    /// <summary>Gives an instruction; the task completes when its event has passed the stages.</summary>
    /// <exception cref="EngineStoppedException">The engine is not running.</exception>
    public Task PostControlAsync(ControlAction action, int product, ExitReason reason) =>
        PostAsync(ItemOf(action, product, reason));

    /// <summary>Publishes a timer event, so that the board shows what was published before it.</summary>
    /// <exception cref="EngineStoppedException">The engine is not running.</exception>
    public Task RefreshBoardAsync() =>
        PostAsync(new EngineItem { Kind = EventKind.Timer, Product = -1, ReceivedAtNs = NowNs });

    /// <summary>Asks for a rebalance of one pair.</summary>
    /// <exception cref="EngineStoppedException">The engine is not running.</exception>
    public void PostRebalance(in RebalanceOrder order, int source) => Post(new EngineItem
    {
        Kind = EventKind.Control,
        Action = order.Action,
        Parameter = (ushort)order.Kind,
        Product = order.Product,
        Side = order.Side,
        OrderType = OrderType.Limit,
        Price = order.Limit,
        Quantity = order.Quantity,
        Source = source,
        ReceivedAtNs = NowNs,
    });

    /// <exception cref="EngineStoppedException">The engine is not running.</exception>
    public void Post(in EngineItem item)
    {
        SpinWait spin = default;
        while (engine.State == EngineState.Running)
        {
            if (inbox.TryAdd(in item))
            {
                wake.Wake();
                return;
            }

            spin.SpinOnce();
        }

        throw engine.NotRunning();
    }

    private EngineItem ItemOf(ControlAction action, int product, ExitReason reason) => new()
    {
        Kind = EventKind.Control,
        Action = action,
        Product = product,
        Parameter = (ushort)reason,
        ReceivedAtNs = NowNs,
    };

    private void RequirePair(int product, int least)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(product, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(product, engine.Pairs.Count);
    }

    private bool Take(in EngineItem item)
    {
        Post(in item);
        _ = Interlocked.Increment(ref _ticksTaken);
        return true;
    }

    private bool Refuse()
    {
        _ = Interlocked.Increment(ref _ticksRefused);
        return false;
    }

    private bool TryTick(
        string productId, decimal price, decimal quantity, long tradeKey, long venueTimeNs, out EngineItem item)
    {
        item = default;
        if (!TryIndexOf(productId, out int product) || price <= 0m || quantity < 0m
            || !engine.Pairs[product].Product.TryPriceUnits(price, out item.Price)
            || !engine.Pairs[product].Product.TryQuantityUnits(quantity, out item.Quantity))
        {
            return false;
        }

        item.Kind = EventKind.Tick;
        item.Product = product;
        item.ReceivedAtNs = NowNs;
        item.VenueTimeNs = venueTimeNs;
        item.TradeKey = tradeKey;
        return true;
    }
}
