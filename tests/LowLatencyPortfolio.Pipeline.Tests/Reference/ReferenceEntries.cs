using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Reference;

/// <summary>SPEC 8 and 9: the limits of an entry in order of precedence, slots, queue and the second review.</summary>
internal sealed class ReferenceEntries(ReferenceState state, ReferenceBudget budget)
{
    private const int QueueCapacity = 256;
    private const long Second = 1_000_000_000;
    private readonly List<ReferenceOrder> _queue = [];
    private bool _reviewAsked;

    private int SlotsUsed => state.Pairs.Sum(pair => state.OpenOrders(pair.Index).Count(order => order.HoldsSlot));

    /// <summary>
    /// A new entry. Returns it when its intent is to be written down now; null when it waits or is refused.
    /// </summary>
    public ReferenceOrder? OnEntry(ref TradingEvent e)
    {
        ReferencePair pair = state.Pairs[e.Product];
        ReferenceOrder order = Asked(in e, pair);
        e.Verdict = Review(order, pair, wasCounted: false);
        bool mustWait = SlotsUsed >= state.Config.MaxConcurrentEntries || _queue.Count > 0;
        if (e.Verdict == RiskVerdict.Approved && mustWait)
        {
            e.Verdict = _queue.Count < QueueCapacity ? RiskVerdict.Queued : RiskVerdict.EntryQueueFull;
        }

        WriteAnswer(ref e, pair, order);
        if (e.Verdict is not (RiskVerdict.Approved or RiskVerdict.Queued))
        {
            return null;
        }

        order.Sequence = ++state.NextSequence;
        state.Orders.Add(order.Sequence, order);
        state.Link(order);
        pair.EntryTimes.Add((order.Sequence, state.NowNs));
        pair.Intents.Add((state.NowNs, order.Quantity, order.Limit));
        if (e.Verdict == RiskVerdict.Queued)
        {
            _queue.Add(order);
            return null;
        }

        TakeSlot(order);
        return order;
    }

    public ReferenceOrder? OnReviewDue(ref TradingEvent e)
    {
        _reviewAsked = false;
        if (_queue.Count == 0)
        {
            return null;
        }

        ReferenceOrder order = _queue[0];
        ReferencePair pair = state.Pairs[order.Product];
        _queue.RemoveAt(0);
        e.Verdict = Review(order, pair, wasCounted: true);
        WriteAnswer(ref e, pair, order);
        if (e.Verdict == RiskVerdict.Approved)
        {
            TakeSlot(order);
            state.Link(order);
            return order;
        }

        order.Sent.Apply(OrderEvent.Abandon);
        state.Settle(order);
        return null;
    }

    public ReferenceOrder? OnIntentResult(ref TradingEvent e)
    {
        if (!state.Orders.TryGetValue(e.OrderSequence, out ReferenceOrder? order)
            || order.Sent.State != OrderState.Intended)
        {
            return null;
        }

        ReferencePair pair = state.Pairs[order.Product];
        e.Verdict = e.Kind == EventKind.IntentFailed ? RiskVerdict.IntentNotDurable : ReviewAgain(order, pair);
        order.Sent.Apply(e.Verdict == RiskVerdict.Approved ? OrderEvent.Sent : OrderEvent.Abandon);
        state.Settle(order);
        FreeSlotIfDone(order);
        WriteAnswer(ref e, pair, order);
        return order;
    }

    /// <summary>Whether a part of the pair may be sold: all that entries need but an enabled pair.</summary>
    public RiskVerdict ReviewReduction(ReferencePair pair)
    {
        bool meetsBuy = state.OpenOrders(pair.Index).Any(order => order.Side == OrderSide.Buy);
        return meetsBuy ? RiskVerdict.CrossesOwnOrder
            : state.Mode == TradingMode.Halted ? RiskVerdict.TradingModeForbids
            : ReviewPair(pair) ?? ReviewPrice(pair) ?? ReviewHealth() ?? RiskVerdict.Approved;
    }

    public static void FreeSlotIfDone(ReferenceOrder order) =>
        order.HoldsSlot &= order.Sent.State is OrderState.Intended or OrderState.Submitted or OrderState.Unknown;

    public void AskForNextReview(ref TradingEvent e)
    {
        bool isFree = SlotsUsed < state.Config.MaxConcurrentEntries || state.Mode != TradingMode.Trading;
        if (_queue.Count > 0 && !_reviewAsked && isFree)
        {
            _reviewAsked = true;
            e.RiskRequest |= StageRequest.ReviewEntry;
            e.ReviewProduct = (short)_queue[0].Product;
        }
    }

    private ReferenceOrder Asked(in TradingEvent e, ReferencePair pair)
    {
        bool isMarket = e.OrderType == OrderType.Market;
        decimal limit = isMarket ? 0m : pair.PriceOf(e.Price);
        decimal exposurePrice = isMarket ? pair.Mark * (1m + (pair.Config.EntryCollarPct / 100m)) : limit;
        decimal quantity = pair.QuantityOf(e.Quantity);
        if (quantity == 0m && exposurePrice > 0m)
        {
            quantity = SizeOf(pair, exposurePrice);
        }

        return new ReferenceOrder
        {
            Sequence = 0,
            Product = e.Product,
            Side = OrderSide.Buy,
            Type = e.OrderType,
            Purpose = OrderPurpose.Entry,
            Limit = limit,
            Trigger = 0m,
            Quantity = quantity,
            CreatedAtNs = state.NowNs,
            ExposurePrice = exposurePrice,
            Sent = new ReferenceView { State = OrderState.Intended },
        };
    }

    private decimal SizeOf(ReferencePair pair, decimal price)
    {
        decimal money = state.Config.TotalCapital * pair.Config.PositionSizePct / 100m;
        decimal quantity = decimal.Floor(money / (price * pair.QuantityIncrement)) * pair.QuantityIncrement;
        return quantity * price > money ? quantity - pair.QuantityIncrement : quantity;
    }

    private void TakeSlot(ReferenceOrder order)
    {
        order.HoldsSlot = true;
        budget.Spend();
    }

    private static void WriteAnswer(ref TradingEvent e, ReferencePair pair, ReferenceOrder order)
    {
        e.DecisionTrigger = 0;
        e.DecisionLimit = pair.PriceUnits(order.Limit);
        e.DecisionQuantity = pair.QuantityUnits(order.Quantity);
    }

    private RiskVerdict ReviewAgain(ReferenceOrder order, ReferencePair pair)
    {
        if (state.Mode != TradingMode.Trading) return RiskVerdict.TradingModeForbids;
        if (pair.NotTradable) return RiskVerdict.ProductNotTradable;
        if (pair.IsExiting || pair.MustExit != ExitReason.None) return RiskVerdict.PairExiting;
        return ReviewPrice(pair) ?? ReviewCollar(order, pair) ?? RiskVerdict.Approved;
    }

    private RiskVerdict Review(ReferenceOrder order, ReferencePair pair, bool wasCounted) =>
        ReviewPermission(pair)
        ?? ReviewPrice(pair)
        ?? ReviewHealth()
        ?? ReviewIntent(order, pair, wasCounted)
        ?? ReviewCollar(order, pair)
        ?? ReviewSize(order, pair)
        ?? ReviewPortfolio(order, pair)
        ?? RiskVerdict.Approved;

    private RiskVerdict? ReviewPermission(ReferencePair pair)
    {
        if (state.Mode != TradingMode.Trading) return RiskVerdict.TradingModeForbids;
        return pair.Config.Enabled ? ReviewPair(pair) : RiskVerdict.PairDisabled;
    }

    private RiskVerdict? ReviewPair(ReferencePair pair)
    {
        if (pair.NotTradable) return RiskVerdict.ProductNotTradable;
        if (state.BadHealth.Contains(HealthFlag.NotReconciled) || state.BadHealth.Contains(HealthFlag.OrdersUnexplained)
            || state.BadHealth.Contains(HealthFlag.KeyRefused) || pair.CoinsInDoubt) return RiskVerdict.NotReconciled;
        if (state.OpenOrders(pair.Index).Any(order => order.Sent.State == OrderState.Unknown))
            return RiskVerdict.PairHasUnknownOrder;
        return pair.IsExiting || pair.MustExit != ExitReason.None ? RiskVerdict.PairExiting : null;
    }

    private RiskVerdict? ReviewPrice(ReferencePair pair)
    {
        if (pair.MarkAtNs == 0 || pair.HeldBackTick is not null || pair.FeedDown) return RiskVerdict.PriceMissing;
        int maxAge = pair.Config.MaxPriceAgeSeconds ?? state.Options.DefaultMaxPriceAgeSeconds;
        return state.NowNs - pair.MarkAtNs > maxAge * Second ? RiskVerdict.PriceStale : null;
    }

    private RiskVerdict? ReviewHealth()
    {
        if (state.BadHealth.Contains(HealthFlag.ClockSkew)) return RiskVerdict.ClockSkew;
        if (state.BadHealth.Contains(HealthFlag.JournalLag)) return RiskVerdict.JournalLag;
        return state.BadHealth.Contains(HealthFlag.JournalFailed) ? RiskVerdict.JournalFailed : null;
    }

    private RiskVerdict? ReviewIntent(ReferenceOrder order, ReferencePair pair, bool wasCounted)
    {
        bool isDuplicate = !wasCounted && pair.Intents.Any(intent =>
            state.NowNs - intent.AtNs < 5 * Second && intent.Quantity == order.Quantity && intent.Limit == order.Limit);
        if (isDuplicate) return RiskVerdict.DuplicateIntent;
        int inHour = pair.EntryTimes.Count(
            entry => state.NowNs - entry.AtNs < 3600 * Second && entry.Sequence != order.Sequence);
        return inHour >= pair.Config.MaxEntriesPerHour ? RiskVerdict.TooManyEntriesPerHour : null;
    }

    private static RiskVerdict? ReviewCollar(ReferenceOrder order, ReferencePair pair)
    {
        decimal distance = pair.Mark * pair.Config.EntryCollarPct / 100m;
        return Math.Abs(order.ExposurePrice - pair.Mark) > distance ? RiskVerdict.LimitOutsideCollar : null;
    }

    private RiskVerdict? ReviewSize(ReferenceOrder order, ReferencePair pair)
    {
        decimal first = order.Type == OrderType.Market ? pair.Mark : order.Limit;
        if (pair.StopsRefused || pair.LimitOf(pair.TriggerOf(first)) <= 0m) return RiskVerdict.StopNotPlaceable;
        decimal notional = order.Quantity * order.ExposurePrice;
        if (order.Quantity <= 0m || order.Quantity < pair.Product.MinQuantity) return RiskVerdict.QuantityBelowMinimum;
        if (notional < pair.Product.MinNotional) return RiskVerdict.NotionalBelowMinimum;
        if (order.Limit % pair.PriceIncrement != 0m || order.Quantity % pair.QuantityIncrement != 0m)
            return RiskVerdict.OffIncrement;
        return notional > state.Config.MaxOrderNotional ? RiskVerdict.OrderNotionalAboveLimit : null;
    }

    private RiskVerdict? ReviewPortfolio(ReferenceOrder order, ReferencePair pair)
    {
        PortfolioConfig config = state.Config;
        decimal notional = order.Quantity * order.ExposurePrice;
        if (state.Exposure(pair.Index, order) + notional > Share(config.MaxPositionSizePct))
            return RiskVerdict.PositionSizeAboveLimit;
        int positions = state.Pairs.Count(other => state.HasExposure(other.Index, order));
        if (!state.HasExposure(pair.Index, order) && positions >= config.MaxPositions)
            return RiskVerdict.PositionCountAboveLimit;
        decimal group = state.Pairs.Where(other => IsGroup(pair, other))
            .Sum(other => state.Exposure(other.Index, order));
        if (group + notional > Share(config.MaxCorrelatedExposurePct)) return RiskVerdict.CorrelatedExposureAboveLimit;
        if (config.MaxTopNConcentrationPct is { } topPct && TopExposure(order, notional) > Share(topPct))
        {
            return RiskVerdict.TopNConcentrationAboveLimit;
        }

        if (state.Available(order) < notional * (1m + state.Options.TakerFee)) return RiskVerdict.InsufficientCapital;
        decimal together = state.Pairs.Where(other => other.MeasuredGroup == pair.MeasuredGroup)
            .Sum(other => state.Exposure(other.Index, order));
        if (together + notional > Share(config.MaxCorrelatedExposurePct))
            return RiskVerdict.MeasuredGroupExposureAboveLimit;
        if (state.Live(pair.Index).Any(other => WouldMeet(order, other))) return RiskVerdict.CrossesOwnOrder;
        return budget.Allows(isEntry: true, state.NowNs) ? null : RiskVerdict.OrderRateExceeded;
    }

    private static bool WouldMeet(ReferenceOrder buy, ReferenceOrder other)
    {
        bool isOnBook = other.Type == OrderType.Market || other.Sent.State == OrderState.Triggered;
        return other.Side == OrderSide.Sell && isOnBook && (buy.Type == OrderType.Market || other.Limit <= buy.Limit);
    }

    private static bool IsGroup(ReferencePair pair, ReferencePair other) =>
        pair == other || (pair.Config.CorrelationGroup is { } group && group == other.Config.CorrelationGroup);

    private decimal TopExposure(ReferenceOrder order, decimal notional) => state.Pairs
        .Select(other => state.Exposure(other.Index, order) + (other.Index == order.Product ? notional : 0m))
        .OrderDescending()
        .Take(state.Config.TopNConcentration)
        .Sum();

    private decimal Share(decimal percent) => state.Config.TotalCapital * percent / 100m;
}
