using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Host.Report;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary><c>summary</c>: the portfolio in a few lines, and what it holds.</summary>
internal static class SummaryView
{
    /// <summary>Makes the view.</summary>
    /// <param name="picture">The portfolio.</param>
    /// <param name="modeSinceNs">When the mode last changed, ns UTC; null when it never did.</param>
    public static View Of(PortfolioPicture picture, long? modeSinceNs) => new(
        [new LineBlock(null, [.. Lines(picture, modeSinceNs)]), Held(picture)], Json(picture, modeSinceNs));

    private static IEnumerable<Cell> Lines(PortfolioPicture picture, long? modeSinceNs)
    {
        PortfolioMetrics metrics = picture.Metrics;
        string currency = picture.Portfolio.QuoteCurrency;
        yield return SummaryLines.Capital(metrics, currency);
        yield return SummaryLines.Positions(metrics);
        yield return SummaryLines.Result(metrics, currency);
        yield return $"Return: {Money.Percent(metrics.TotalReturnPct)}"
            + $" | Reserved: {Money.Cents(metrics.ReservedCapital, currency)}"
            + $" | Orders at work: {Working(picture)}";
        yield return HeldTogether.HeatLine(HeldTogether.HeatOf(picture), currency);
        yield return ModeLine.Text(picture.Portfolio.Mode, modeSinceNs, breakerTrips: 0) is { } stopped
            ? new Cell(stopped, Tone.Bad)
            : "Mode: TRADING";
        foreach (LimitLine limit in Exceeded(picture))
        {
            yield return new Cell(
                $"Limit exceeded: {limit.Setting}, {limit.Subject}: {limit.Text(limit.Used)} of "
                + limit.Text(limit.Allowed),
                Tone.Bad);
        }

        yield return AsOf.Line(picture);
    }

    /// <summary>The open positions as a table.</summary>
    public static TableBlock Held(PortfolioPicture picture) => new(
        $"Open positions ({picture.Portfolio.QuoteCurrency})",
        ["Product", ">Held", ">Entry", ">Price", ">Stop", ">To stop", ">P/L", "State"],
        [.. picture.Pairs.Where(pair => pair.Open is not null).Select(Row)],
        Total: null,
        Empty: "none");

    private static Cell[] Row(PairPicture pair)
    {
        PositionRow open = pair.Open!;
        return
        [
            pair.Product.ProductId,
            Shown.Exact(open.Quantity),
            Shown.Price(open.EntryPrice, pair.Product),
            Shown.Price(pair.Mark, pair.Product),
            Shown.Price(pair.StopTrigger, pair.Product),
            Shown.Percent(pair.StopDistancePct),
            Cell.Signed(pair.MarketValue - open.Cost),
            StateOf(pair),
        ];
    }

    /// <summary>Where an open position's protection stands, by the stops that work.</summary>
    public static Cell StateOf(PairPicture pair)
    {
        StopState state = pair.Open!.State;
        bool isNaked = state is StopState.Resting or StopState.Replacing
            && !pair.Product.IsTooSmallToSell(pair.UncoveredQuantity, pair.Mark ?? 0m);
        return !isNaked ? Shown.Name(state)
            : new Cell(pair.Stops.Count == 0 ? "NO_STOP" : "STOP_FOR_A_PART", Tone.Bad);
    }

    // As risk shows them; a group that is exceeded by configuration and as measured is told twice, as it is limited.
    private static IEnumerable<LimitLine> Exceeded(PortfolioPicture picture) =>
        LimitLines.Of(picture).Where(line => line.IsExceeded);

    private static int Working(PortfolioPicture picture) =>
        picture.Orders.Count(order => !OrderTransitions.IsFinal(order.State));

    private static object Json(PortfolioPicture picture, long? modeSinceNs)
    {
        PortfolioMetrics metrics = picture.Metrics;
        PortfolioHeat heat = HeldTogether.HeatOf(picture);
        return new
        {
            at = Shown.Iso(picture.AtNs),
            pricesAt = Shown.Iso(picture.PricesKnownAtNs),
            quoteCurrency = picture.Portfolio.QuoteCurrency,
            mode = picture.Portfolio.Mode,
            modeSince = Shown.Iso(modeSinceNs),
            totalCapital = metrics.TotalCapital,
            deployedCapital = metrics.DeployedCapital,
            availableCapital = metrics.AvailableCapital,
            reservedCapital = metrics.ReservedCapital,
            activePositions = metrics.ActivePositions,
            closedPositions = metrics.ClosedPositions,
            winRatePct = metrics.WinRatePct,
            equity = metrics.Equity,
            totalPnl = metrics.TotalPnl,
            realizedPnl = metrics.RealizedPnl,
            unrealizedPnl = metrics.UnrealizedPnl,
            fees = metrics.Fees,
            totalReturnPct = metrics.TotalReturnPct,
            concentrationPct = metrics.ConcentrationPct,
            heat = heat.Amount,
            heatUnprotected = heat.UnprotectedValue,
            workingOrders = Working(picture),
            limitsExceeded = Exceeded(picture).Select(limit => limit.Json()),
            positions = picture.Pairs.Where(pair => pair.Open is not null).Select(PositionJson),
        };
    }

    /// <summary>An open position for programs.</summary>
    public static object PositionJson(PairPicture pair)
    {
        PositionRow open = pair.Open!;
        return new
        {
            positionId = open.PositionId,
            productId = open.ProductId,
            quantity = open.Quantity,
            entryPrice = open.EntryPrice,
            price = pair.Mark,
            priceAt = Shown.Iso(pair.MarkKnownAtNs),
            cost = open.Cost,
            marketValue = pair.MarketValue,
            unrealizedPnl = pair.MarketValue - open.Cost,
            stopTrigger = pair.StopTrigger,
            uncoveredQuantity = pair.UncoveredQuantity,
            stopDistancePct = pair.StopDistancePct,
            state = open.State,
        };
    }
}
