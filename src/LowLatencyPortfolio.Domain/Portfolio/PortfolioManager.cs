namespace LowLatencyPortfolio.Domain;

/// <summary>
/// What the portfolio holds, what it may still spend and how near it is to its limits: by product id here, by pair
/// index and without allocation in <see cref="PortfolioBook"/>.
/// </summary>
/// <remarks>Thread: one owner; readers elsewhere take a snapshot. Source: SPEC 7, 8 and 11.</remarks>
/// <param name="config">Capital and limits, already checked.</param>
/// <param name="takerFee">Fee rate a new order is assumed to pay, fraction, at least 0.</param>
public sealed class PortfolioManager(PortfolioConfig config, decimal takerFee = 0.012m)
    : PortfolioBook(config, takerFee)
{
    /// <summary>Books a bought quantity, opening the position or adding to it.</summary>
    /// <param name="productId">A registered product.</param>
    /// <param name="quantity">Base, above 0.</param>
    /// <param name="price">Quote per base.</param>
    /// <param name="fee">Quote.</param>
    /// <param name="timeNs">Event time, ns since the Unix epoch.</param>
    /// <exception cref="ArgumentException">The product is not registered, or the quantity is not above 0.</exception>
    public void AddPosition(string productId, decimal quantity, decimal price, decimal fee, long timeNs) =>
        ApplyFill(IndexOf(productId), OrderSide.Buy, quantity, quantity * price, fee, timeNs);

    /// <summary>Values a position at a new price.</summary>
    /// <param name="productId">A registered product.</param>
    /// <param name="price">Quote per base, above 0.</param>
    /// <exception cref="ArgumentException">The product is not registered, or the price is not above 0.</exception>
    public void UpdatePosition(string productId, decimal price)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(price);
        SetMark(IndexOf(productId), price);
    }

    /// <summary>Books the sale of all that is held.</summary>
    /// <param name="productId">A registered product.</param>
    /// <param name="price">Quote per base.</param>
    /// <param name="fee">Quote.</param>
    /// <param name="timeNs">Event time, ns since the Unix epoch.</param>
    /// <returns>What the closed trade won, fees taken off, quote; 0 when nothing was held and nothing was
    /// done.</returns>
    /// <exception cref="ArgumentException">The product is not registered.</exception>
    public decimal ClosePosition(string productId, decimal price, decimal fee, long timeNs)
    {
        int pair = IndexOf(productId);
        decimal held = Ledger(pair).Quantity;
        if (held == 0m)
        {
            return 0m;
        }

        ApplyFill(pair, OrderSide.Sell, held, held * price, fee, timeNs);
        return Ledger(pair).TradeRealized;
    }

    /// <summary>How much an entry of the pair is meant to buy: total capital · <c>PositionSizePct</c> / 100.</summary>
    /// <param name="productId">A registered product.</param>
    /// <returns>Quote. What is held now is <c>Ledger(IndexOf(productId)).Quantity</c>.</returns>
    /// <exception cref="ArgumentException">The product is not registered.</exception>
    public decimal GetPositionSize(string productId) =>
        Config.TotalCapital * Books[IndexOf(productId)].Config.PositionSizePct / 100m;

    /// <summary>The state of the whole portfolio now.</summary>
    /// <returns>A copy; later changes do not show in it.</returns>
    public PortfolioMetrics GetPortfolioMetrics()
    {
        (int active, long closed, long won) = CountPositions();
        decimal unrealized = Unrealized;
        decimal pnl = Realized + unrealized;
        return new PortfolioMetrics
        {
            TotalCapital = Config.TotalCapital,
            AvailableCapital = Available,
            DeployedCapital = Deployed,
            ReservedCapital = Reserved,
            ActivePositions = active,
            ClosedPositions = closed,
            TotalPnl = pnl,
            UnrealizedPnl = unrealized,
            RealizedPnl = Realized,
            TotalReturnPct = pnl / Config.TotalCapital * 100m,
            ConcentrationPct = TopMarketValue(Config.TopNConcentration) / Config.TotalCapital * 100m,
            WinRatePct = closed == 0 ? null : won * 100m / closed,
            MaxDrawdownPct = MaxDrawdownPct,
            Fees = Fees,
            Equity = Equity,
        };
    }

    /// <summary>
    /// Whether an entry would keep the limits of the portfolio: size, count, configured and measured group, top N and
    /// available capital.
    /// </summary>
    /// <param name="productId">A registered product.</param>
    /// <param name="notional">Quote to spend, fees not included, at least 0.</param>
    /// <returns><see cref="RiskVerdict.Approved"/>, or the first broken of these limits.</returns>
    /// <exception cref="ArgumentException">The product is not registered.</exception>
    public RiskVerdict CheckRiskLimits(string productId, decimal notional)
    {
        int pair = IndexOf(productId);
        EntryFacts facts = new()
        {
            Notional = notional,
            TotalCapital = Config.TotalCapital,
            ExposureAfter = Exposure(pair) + notional,
            MaxPositionSizePct = Config.MaxPositionSizePct,
            OpensPosition = !HasExposure(pair),
            PositionCount = PositionCount,
            MaxPositions = Config.MaxPositions,
            GroupExposureAfter = GroupExposure(pair) + notional,
            MaxCorrelatedExposurePct = Config.MaxCorrelatedExposurePct,
            TopNExposureAfter = TopExposure(Config.TopNConcentration, pair, notional),
            MaxTopNConcentrationPct = Config.MaxTopNConcentrationPct,
            Available = Available,
            TakerFee = TakerFee,
            MeasuredExposureAfter = MeasuredExposure(pair) + notional,
        };
        return RiskGate.ReviewPortfolioLimits(in facts);
    }

    /// <summary>The limits of the portfolio that do not hold now; prices alone can break them.</summary>
    /// <returns>In the order of <see cref="RiskVerdict"/>, within one limit by pair index; empty when all
    /// hold.</returns>
    public IReadOnlyList<RiskLimitViolation> CheckRiskLimitViolations() => RiskLimitSurvey.Violations(this);

    /// <summary>
    /// How much of the portfolio's limits is used: size, count, configured group, top N when it is on, measured group.
    /// </summary>
    /// <returns>
    /// In the order of <see cref="RiskVerdict"/>: every pair, the portfolio, every configured group, every measured one
    /// of two pairs or more, named after the first of them; by pair index within one.
    /// </returns>
    public IReadOnlyList<RiskLimitUse> GetRiskLimitUses() => RiskLimitSurvey.Uses(this);

    /// <summary>What would bring drifted positions back to their targets; nothing is sent.</summary>
    /// <returns>
    /// By pair index; only open positions that are not being closed. What is being bought is not recommended again.
    /// </returns>
    public IReadOnlyList<RebalanceAction> GetRebalanceActions() =>
        GetRebalanceActions(new RebalanceStrategy(), default);

    /// <summary>What a strategy recommends; nothing is sent.</summary>
    /// <param name="strategy">Already checked.</param>
    /// <param name="inputs">What is known of volatilities, risk shares and time.</param>
    /// <returns>
    /// By pair index; only open positions that are not being closed. A position above its maximum is
    /// <see cref="RebalanceKind.ReduceToLimit"/> whatever the strategy, also between two dates of a calendar. What is
    /// being bought is not recommended again. Increases are not held against the available capital: the risk gate does
    /// that.
    /// </returns>
    public IReadOnlyList<RebalanceAction> GetRebalanceActions(RebalanceStrategy strategy, in RebalanceInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        RebalancePosition[] pairs = new RebalancePosition[Books.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            ref readonly PairBook book = ref Books[i];
            decimal quantity = book.Exiting ? 0m : book.Ledger.Quantity;
            pairs[i] = new RebalancePosition(book.Product, book.Config.PositionSizePct, quantity, book.Mark)
            {
                Buying = book.Buying,
            };
        }

        return PortfolioRebalancer.Recommend(strategy, Config, TakerFee, Equity, pairs, inputs);
    }

    private (int Active, long Closed, long Won) CountPositions()
    {
        (int active, long closed, long won) = (0, 0L, 0L);
        foreach (ref readonly PairBook book in Books)
        {
            active += book.IsOpen ? 1 : 0;
            closed += book.Ledger.ClosedTrades;
            won += book.Ledger.WonTrades;
        }

        return (active, closed, won);
    }
}
