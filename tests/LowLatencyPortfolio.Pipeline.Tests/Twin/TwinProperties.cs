using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline.Tests.Reference;
using LowLatencyPortfolio.Pipeline.Tests.Simulation;

namespace LowLatencyPortfolio.Pipeline.Tests.Twin;

/// <summary>What must hold after every event, whatever the market and the venue do.</summary>
internal sealed class TwinProperties(World world, VenueLoop loop, ReferenceEngine reference)
{
    private readonly long[] _acknowledged = new long[world.Pairs.Length];

    /// <summary>The first broken property of orders; null when all hold. To be asked after every event.</summary>
    public string? Broken(in TradingEvent e) =>
        e.Product < 0
            ? null
            : StopMovesUp(in e) ?? SellsWithinPosition(in e) ?? RestIsCovered(in e) ?? LimitsHold(in e);

    /// <summary>The first broken property of money; null when all hold. Settles the stages.</summary>
    public string? BrokenAtNewestPrices() => MarketValue() ?? Identities();

    private string? MarketValue()
    {
        RiskGateStage risk = loop.Pipeline.Stages.RiskGate;
        Int128 full = risk.RecomputeMarketValue();
        return full == risk.Gate.Breaker.MarketValue
            ? null
            : $"market value runs at {risk.Gate.Breaker.MarketValue}, in full it is {full}";
    }

    private string? Identities()
    {
        PortfolioMetrics metrics = loop.Pipeline.Metrics();
        decimal equity = loop.Pipeline.Stages.RiskGate.Gate.Breaker.Equity;
        ReferenceState state = reference.State;
        bool hold = metrics.TotalPnl == metrics.RealizedPnl + metrics.UnrealizedPnl
            && metrics.TotalPnl == equity - metrics.TotalCapital
            && metrics.Equity == equity
            && equity == state.Equity
            && metrics.AvailableCapital == state.Available()
            && metrics.RealizedPnl == state.Pairs.Sum(pair => pair.Realized)
            && metrics.DeployedCapital == state.Pairs.Sum(pair => pair.Cost)
            && metrics.Fees == state.Pairs.Sum(pair => pair.Fees)
            && metrics.ActivePositions == state.Pairs.Count(pair => pair.IsPosition)
            && metrics.ClosedPositions == state.Pairs.Sum(pair => pair.ClosedTrades)
            && metrics.MaxDrawdownPct == state.MaxDrawdownPct;
        return hold
            ? null
            : $"{metrics} but breaker equity {equity}, reference equity {state.Equity}, available {state.Available()}, "
                + $"drawdown {state.MaxDrawdownPct}, positions {state.Pairs.Count(pair => pair.IsPosition)}, "
                + $"realized {state.Pairs.Sum(pair => pair.Realized)}";
    }

    private string? StopMovesUp(in TradingEvent e)
    {
        ref readonly ProtectedPair pair = ref loop.Pipeline.UnsettledStages.Ratchet.Pairs[e.Product];
        if (pair.Trigger == 0)
        {
            _acknowledged[e.Product] = 0;
        }

        bool isStopSent = e.Decision.IsStop()
            && e.Verdict == RiskVerdict.Approved;
        if (isStopSent && e.DecisionTrigger < _acknowledged[e.Product])
        {
            return $"a stop at {e.DecisionTrigger} after one at {_acknowledged[e.Product]} was acknowledged";
        }

        bool isAck = e.Kind == EventKind.OrderReport && e.OrderType == OrderType.StopLimit
            && e.Report is ReportKind.Ack or ReportKind.Replaced;
        if (isAck && pair.Trigger != 0)
        {
            _acknowledged[e.Product] = Math.Max(_acknowledged[e.Product], pair.AcknowledgedTrigger);
        }

        return null;
    }

    private string? SellsWithinPosition(in TradingEvent e)
    {
        RiskGateStage risk = loop.Pipeline.UnsettledStages.RiskGate;
        OrderTable orders = risk.Gate.Orders;
        long selling = 0;
        for (int i = orders.FirstOf(e.Product); i >= 0; i = orders.NextOf(i))
        {
            ref OrderEntry order = ref orders[i];
            // A stop that another takes the place of is asked to end first; the venue takes the new one only when it
            // did.
            bool counts = order.IsLive && order.Side == OrderSide.Sell && order.State != OrderState.CancelPending;
            selling += counts ? order.Remaining : 0;
        }

        long held = risk.Pairs[e.Product].Held;
        bool isSent = e.Decision.IsOrder() && e.Verdict == RiskVerdict.Approved;
        if (isSent && selling > held)
        {
            return $"sells of {selling} are out with {held} held";
        }

        long venueHeld = loop.Paper.Ledger.BaseUnits(e.Product);
        return loop.Paper.Ledger.HeldBaseUnits(e.Product) > venueHeld
            ? $"the venue works more sells than its base of {venueHeld}"
            : null;
    }

    // A part is sold only while a stop for the rest works at the venue. What no stop can be placed for is left out:
    // dust, and less than a step of the grid, which the venue may have made fifty times as coarse.
    private string? RestIsCovered(in TradingEvent e)
    {
        if (e.Decision != DecisionKind.SellPart || e.Verdict != RiskVerdict.Approved)
        {
            return null;
        }

        PairSurvey survey = PairSurvey.Of(loop.Pipeline.UnsettledStages.RiskGate.Gate.Orders, e.Product);
        long held = loop.Pipeline.UnsettledStages.RiskGate.Pairs[e.Product].Held;
        PairSetup pair = world.Pairs[e.Product];
        long rest = held - e.DecisionQuantity - survey.LastingStopQuantity;
        return survey.HasWorkingStop && (rest <= 0 || pair.Product.IsDust(rest, survey.HighestStopTrigger)
                || rest < pair.Product.QuantityIncrementUnits * 50)
            ? null
            : $"{e.DecisionQuantity} of {held} are sold and stops for {survey.LastingStopQuantity} work";
    }

    private string? LimitsHold(in TradingEvent e)
    {
        if (e.Kind is not (EventKind.EntryCommand or EventKind.Control)
            || e.Verdict is not (RiskVerdict.Approved or RiskVerdict.Queued)
            || e.Decision != DecisionKind.None)
        {
            return null;
        }

        PortfolioConfig config = world.Portfolio;
        PortfolioManager portfolio = loop.Pipeline.UnsettledStages.RiskGate.Gate.Portfolio;
        ReferenceState state = reference.State;
        decimal exposure = state.Exposure(e.Product);
        if (exposure != portfolio.Exposure(e.Product))
        {
            return $"exposure is kept as {portfolio.Exposure(e.Product)}, in full it is {exposure}";
        }

        bool hold = exposure <= config.TotalCapital * config.MaxPositionSizePct / 100m
            && portfolio.GroupExposure(e.Product) <= config.TotalCapital * config.MaxCorrelatedExposurePct / 100m
            && portfolio.MeasuredExposure(e.Product) <= config.TotalCapital * config.MaxCorrelatedExposurePct / 100m
            && state.Available() >= 0m;
        return hold ? null : $"an entry broke a limit: exposure {exposure}, available {state.Available()}";
    }
}
