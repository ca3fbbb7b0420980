using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>Gathers what is known about an entry and has <see cref="RiskGate"/> judge it.</summary>
/// <remarks>
/// Source: SPEC 8. It changes nothing but the manager's marks and the order budget's clock; the grid and the entry
/// times are <see cref="EntryDesk"/>'s.
/// </remarks>
internal sealed class EntryReviewer(
    PairSetup[] setups, PipelineOptions options, GateState gate, PairSteps[] steps, long[][] entryTimes)
{
    private const long DuplicateWindowNs = 5 * EventTime.Second;

    private readonly PairSetup[] _setups = setups;
    private readonly GateState _gate = gate;
    private readonly GatedPair[] _pairs = gate.Pairs;
    private readonly OrderTable _orders = gate.Orders;
    private readonly PairSteps[] _steps = steps;
    private readonly long[][] _entryTimes = entryTimes;
    private readonly long[] _maxPriceAgeNs = [.. setups.Select(setup =>
        (setup.Config.MaxPriceAgeSeconds ?? options.DefaultMaxPriceAgeSeconds) * EventTime.Second)];

    /// <summary>The second review, when the intent is durable: what may have changed since the first.</summary>
    public RiskVerdict ReviewAgain(in OrderEntry order, long nowNs)
    {
        EntryFacts facts = FactsOfNow(in order, nowNs);
        return RiskGate.ReviewAgain(in facts);
    }

    /// <summary>
    /// Whether a part of the pair's position may be sold; the order's own limits are those of a sell.
    /// </summary>
    public RiskVerdict ReviewReduction(int product, long nowNs)
    {
        OrderEntry nothing = new() { Product = (short)product };
        EntryFacts facts = FactsOfNow(in nothing, nowNs);
        return RiskGate.ReviewReduction(in facts);
    }

    /// <summary>The whole review.</summary>
    /// <param name="order">The entry, priced and sized.</param>
    /// <param name="nowNs">Event time, ns UTC.</param>
    /// <param name="wasCounted">A queued entry: it is already among the hour's entries and the recent intents.</param>
    public RiskVerdict Review(in OrderEntry order, long nowNs, bool wasCounted = false)
    {
        EntryFacts facts = FactsOfNow(in order, nowNs);
        AddIntentFacts(ref facts, in order, nowNs, wasCounted);
        AddPortfolioFacts(ref facts, in order, nowNs);
        return RiskGate.ReviewEntry(in facts);
    }

    private EntryFacts FactsOfNow(in OrderEntry order, long nowNs)
    {
        ref GatedPair pair = ref _pairs[order.Product];
        PairSetup setup = _setups[order.Product];
        PairSurvey survey = PairSurvey.Of(_orders, order.Product);
        return new EntryFacts
        {
            Mode = _gate.Mode,
            PairEnabled = setup.Config.Enabled,
            ProductTradable = !pair.NotTradable,
            ProductAllowed = true,      // what is not a pair of this engine has no index and never gets here
            Reconciled = !_gate.IsBad(HealthFlag.NotReconciled) && !_gate.IsBad(HealthFlag.OrdersUnexplained)
                && !_gate.IsBad(HealthFlag.KeyRefused) && !pair.CoinsInDoubt,
            PairHasUnknown = survey.HasUnknown,
            PairExiting = pair.Exiting || pair.MustExit != ExitReason.None,
            HasPrice = pair.MarkAtNs != 0 && !pair.PriceHeld && !pair.FeedDown,
            PriceAgeNs = nowNs - pair.MarkAtNs,
            MaxPriceAgeNs = _maxPriceAgeNs[order.Product],
            ClockSkew = _gate.IsBad(HealthFlag.ClockSkew),
            JournalLag = _gate.IsBad(HealthFlag.JournalLag),
            JournalFailed = _gate.IsBad(HealthFlag.JournalFailed),
            LimitPrice = order.ExposurePrice,
            LastPrice = setup.Product.PriceOf(pair.Mark),
            EntryCollarPct = setup.Config.EntryCollarPct,
        };
    }

    private void AddIntentFacts(ref EntryFacts facts, in OrderEntry order, long nowNs, bool wasCounted)
    {
        ref GatedPair pair = ref _pairs[order.Product];
        PairSetup setup = _setups[order.Product];
        PairSteps steps = _steps[order.Product];
        int recent = 0;
        foreach (long time in _entryTimes[order.Product])
        {
            recent += time != 0 && nowNs - time < EventTime.Hour ? 1 : 0;
        }

        facts.Duplicate = !wasCounted
            && _gate.Intents[order.Product].Recent.Contains(
                order.Side, order.Quantity, order.Limit, nowNs, DuplicateWindowNs);
        facts.EntriesInHour = wasCounted && nowNs - order.CreatedAtNs < EventTime.Hour ? recent - 1 : recent;
        facts.MaxEntriesPerHour = setup.Config.MaxEntriesPerHour;
        TrailingStop trail = new(
            setup.Config.TrailPct, setup.Config.StopLimitBufferPct, setup.Config.MinRatchet, steps.Price);
        facts.StopPlaceable = !pair.StopsRefused
            && trail.IsPlaceable(order.Type == OrderType.Market ? pair.Mark : order.Limit);
        facts.Quantity = setup.Product.QuantityOf(order.Quantity);
        facts.MinQuantity = setup.Product.MinQuantity;
        facts.Notional = facts.Quantity * order.ExposurePrice;
        facts.MinNotional = setup.Product.MinNotional;
        facts.OnIncrement = order.Limit % steps.Price == 0 && order.Quantity % steps.Quantity == 0;
        facts.MaxOrderNotional = _gate.Config.MaxOrderNotional;
    }

    private void AddPortfolioFacts(ref EntryFacts facts, in OrderEntry order, long nowNs)
    {
        _gate.SyncMarks();
        PortfolioManager portfolio = _gate.Portfolio;
        PortfolioConfig config = _gate.Config;
        facts.TotalCapital = config.TotalCapital;
        facts.ExposureAfter = portfolio.Exposure(order.Product) + facts.Notional;
        facts.MaxPositionSizePct = config.MaxPositionSizePct;
        facts.OpensPosition = !portfolio.HasExposure(order.Product);
        facts.PositionCount = portfolio.PositionCount;
        facts.MaxPositions = config.MaxPositions;
        facts.GroupExposureAfter = portfolio.GroupExposure(order.Product) + facts.Notional;
        facts.MaxCorrelatedExposurePct = config.MaxCorrelatedExposurePct;
        facts.MaxTopNConcentrationPct = config.MaxTopNConcentrationPct;
        facts.TopNExposureAfter = config.MaxTopNConcentrationPct is null
            ? 0m
            : portfolio.TopExposure(config.TopNConcentration, order.Product, facts.Notional);
        facts.Available = portfolio.Available;
        facts.TakerFee = _gate.TakerFee;
        facts.MeasuredExposureAfter = portfolio.MeasuredExposure(order.Product) + facts.Notional;
        facts.CrossesOwnOrder = CrossesOwnSell(in order);
        facts.OrderBudget = _gate.Budget.Allows(isEntry: true, nowNs);
    }

    // A resting sell limit at or below our buy, or a market sell on its way, would meet it. A sleeping stop is not on
    // the book.
    private bool CrossesOwnSell(in OrderEntry order)
    {
        for (int i = _orders.FirstOf(order.Product); i >= 0; i = _orders.NextOf(i))
        {
            ref OrderEntry other = ref _orders[i];
            bool isOnBook = other.Type == OrderType.Market || other.State == OrderState.Triggered;
            if (other.Side == OrderSide.Sell && isOnBook
                && (order.Type == OrderType.Market || other.Limit <= order.Limit))
            {
                return true;
            }
        }

        return false;
    }
}
