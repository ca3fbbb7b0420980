using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>Compares a session that was not stopped in order with its venue, and says how it goes on.</summary>
/// <remarks>Nothing is written or sent here; a second comparison of the same finds the same.</remarks>
internal sealed class SessionReconciler(
    StoredSession session, PairSetup[] pairs, IRecoverableGateway gateway, TimeSpan fillsOverlap)
{
    private readonly List<StateChange> _changes = [];
    private long _aheadNs;
    private readonly Dictionary<int, long> _contested = [];
    private readonly List<StoredPosition> _positions = [.. session.Portfolio.Positions];

    /// <summary>Compares within the time that the options give the venue.</summary>
    /// <exception cref="ReconcileException">Rows and venue contradict each other, or it could not be asked.</exception>
    public static async Task<ReconciledSession> RunAsync(
        StoredSession session, PairSetup[] pairs, IRecoverableGateway gateway, TradingEngineOptions options,
        CancellationToken cancel)
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        timeout.CancelAfter(options.ReconcileTimeout);
        try
        {
            return await new SessionReconciler(session, pairs, gateway, options.FillsOverlap)
                .RunAsync(options.ReconcileConfirmAfter, EngineLoop.NowNs(options.Time), timeout.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new ReconcileException(
                $"{gateway.Venue} did not answer within {options.ReconcileTimeout.TotalSeconds:0.#} s; try again", e);
        }
    }

    /// <summary>Looks, once more after a while when coins seem to be missing, and decides.</summary>
    /// <param name="confirmAfter">Missing is what is missing in two looks this far apart.</param>
    /// <param name="nowNs">Our time, ns UTC.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ReconcileException">Rows and venue contradict each other, or it could not be asked.</exception>
    public async Task<ReconciledSession> RunAsync(TimeSpan confirmAfter, long nowNs, CancellationToken cancel)
    {
        _aheadNs = session.NewestNs - nowNs > SessionRecovery.MostAheadNs ? session.NewestNs - nowNs : 0;
        VenuePortfolio look = await LookAsync(cancel).ConfigureAwait(false);
        OrderMerge merge = OrderMerge.Of(session, pairs, look);
        long[] missing = new long[pairs.Length];
        long[] gone = new long[pairs.Length];
        long[] before = missing;
        if (!look.IsAnew)
        {
            before = missing = CoinCheck.Missing(merge, session, pairs, look, countsEveryHold: false);
            if (missing.Any(units => units > 0))
            {
                await Task.Delay(confirmAfter, cancel).ConfigureAwait(false);
                look = await LookAsync(cancel).ConfigureAwait(false);
                merge = OrderMerge.Of(session, pairs, look);
                missing = CoinCheck.Missing(merge, session, pairs, look, countsEveryHold: false);
                gone = CoinCheck.Missing(merge, session, pairs, look, countsEveryHold: true);
            }
        }

        long atNs = _aheadNs > 0 ? nowNs : Math.Max(nowNs, session.Portfolio.AtNs);
        CancelExcess(merge, gone);
        TakeOutMissing(merge, missing, gone, atNs);
        RepeatUnseen(merge, gone);
        FindContested(merge, before, missing, gone);
        TellVenue(merge, look);
        return Result(merge, look, atNs);
    }

    private async Task<VenuePortfolio> LookAsync(CancellationToken cancel)
    {
        VenuePortfolio look;
        try
        {
            // What a clock that was ahead has dated may be older than it says, by nobody knows how much.
            long earlierNs = _aheadNs > 0 ? _aheadNs + EventTime.Day : 0;
            long fillsSince = Math.Max(0, session.FillsKnownNs - (fillsOverlap.Ticks * 100) - earlierNs);
            look = await gateway
                .LookAsync(session.EngineId, Math.Max(0, session.SinceNs - earlierNs), fillsSince, cancel)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            throw new ReconcileException(
                $"{gateway.Venue} could not be asked what became of our orders ({e.Message}); try again", e);
        }

        return look.Contradictions is [var first, ..]
            ? throw new ReconcileException(TextOf(first, look.Contradictions.Count - 1))
            : look;
    }

    private string TextOf(FillContradiction of, int others)
    {
        string more = others == 0 ? string.Empty : others == 1 ? " (and 1 more such order)"
            : string.Create(CultureInfo.InvariantCulture, $" (and {others} more such orders)");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{gateway.Venue} says that {of.ClientOrderId} ({of.VenueId}) of {of.ProductId} has traded "
            + $"{of.ByOrder:0.################}, and shows fills of it of {of.ByFills:0.################}{more}, also "
            + $"after looking again; start again later, or look at that order by hand");
    }

    // Both stops were just seen open, so the better one protects; the looser one only holds coins, or sells too much.
    private void CancelExcess(OrderMerge merge, long[] gone)
    {
        foreach (PairSetup pair in pairs)
        {
            List<MergedOrder> stops = [.. merge.Orders
                .Where(order => order.Order.Product == pair.Index && order.Order.Purpose == OrderPurpose.Stop
                    && order.IsOpenAtVenue && !order.IsToCancel)
                .OrderBy(order => order.Order.Trigger)];
            long bought = merge.Orders.Where(order => order.Order.Product == pair.Index).Sum(order =>
                order.Order.Side == OrderSide.Buy ? order.Growth : -order.Growth);
            long held = CoinCheck.HeldOf(session, pair) + bought - gone[pair.Index];
            while (stops.Count > 1 && stops.Sum(RemainingOf) > held)
            {
                stops[0].Cancel();
                merge.Tell(
                    ReconcileFinding.StopExcess, stops[0], RemainingOf(stops[0]),
                    "more stops than is held; the looser one is cancelled");
                stops.RemoveAt(0);
            }
        }
    }

    // What was being sold or protected stays so at once, not after its order was proven absent; but only as far as no
    // other sell of the pair stands in for it, so that no coins of others are ever sold.
    private void RepeatUnseen(OrderMerge merge, long[] gone)
    {
        foreach (PairSetup pair in pairs)
        {
            MergedOrder[] sells = [.. merge.Orders
                .Where(order => order.Order.Product == pair.Index && order.Order.Side == OrderSide.Sell)];
            long room = CoinCheck.Expected(merge, session, pair) - gone[pair.Index]
                - sells.Where(order => order.IsOpenAtVenue).Sum(RemainingOf);
            foreach (MergedOrder unseen in sells
                .Where(order => order is { Seen: null, IsOver: false }
                    && order.Order.State is OrderState.Submitted or OrderState.Unknown)
                .OrderByDescending(order => order.Order.Sequence))
            {
                unseen.IsToRepeat = unseen.Order.Cumulative == 0 && unseen.Order.Quantity <= room;
                room -= RemainingOf(unseen);
            }
        }
    }

    private static long RemainingOf(MergedOrder order) =>
        order.Order.Quantity - order.Order.Cumulative - order.Growth;

    private void TakeOutMissing(OrderMerge merge, long[] missing, long[] gone, long atNs)
    {
        foreach (PairSetup pair in pairs.Where(pair => missing[pair.Index] > 0))
        {
            long certain = gone[pair.Index];
            bool isOpen = certain == 0 || CoinCheck.IsExplainable(merge, session, pair, certain);
            decimal quantity = pair.Product.QuantityOf(isOpen ? missing[pair.Index] : certain);
            string done = isOpen
                ? "an order in doubt may have sold them or another hold them, compare again later"
                : "the position is smaller by that, at cost";
            merge.Lines.Add(new ReconcileLine(
                isOpen ? ReconcileFinding.CoinsUnexplained : ReconcileFinding.CoinsMissing, pair.ProductId, 0, quantity,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{pair.ProductId}: {quantity:0.################} {pair.Product.BaseCurrency} missing; {done}")));
            if (!isOpen)
            {
                Shrink(pair, certain, atNs);
            }
        }
    }

    private void Shrink(PairSetup pair, long units, long atNs)
    {
        int index = _positions.FindIndex(position => position.Product == pair.Index);
        StoredPosition position = _positions[index];
        (PositionLedger ledger, decimal cost) =
            CoinCheck.TakeOut(position.Ledger, pair.Product.QuantityOf(units), atNs);
        position = position with { Ledger = ledger };
        _positions[index] = position;
        _changes.Add(StoredChanges.PositionOf(position, pair, atNs));
        _changes.Add(new StateChange
        {
            Kind = StateChangeKind.History,
            Action = HistoryAction.ExternalOut,
            Product = pair.Index,
            TimeNs = atNs,
            PositionId = position.PositionId,
            Quantity = units,
            Value = cost,
        });
    }

    // Missing in both looks and not gone: orders of others hold it, unless one of ours in doubt may have sold it.
    private void FindContested(OrderMerge merge, long[] before, long[] missing, long[] gone)
    {
        foreach (PairSetup pair in pairs)
        {
            long seenTwice = Math.Min(before[pair.Index], missing[pair.Index]);
            if (seenTwice > gone[pair.Index] && !CoinCheck.IsExplainable(merge, session, pair, seenTwice))
            {
                _contested[pair.Index] = seenTwice - gone[pair.Index];
            }
        }
    }

    // A stop that rests higher than any row says protects higher: it is never moved down.
    private void RaiseTriggers(OrderMerge merge)
    {
        for (int i = 0; i < _positions.Count; i++)
        {
            StoredPosition position = _positions[i];
            long highest = merge.Orders
                .Where(order => order.IsOpenAtVenue && !order.IsToCancel && order.Order.Product == position.Product
                    && order.Order.IsOfPosition(position.PositionId) && order.Order.Purpose == OrderPurpose.Stop)
                .Select(order => order.Order.Trigger)
                .DefaultIfEmpty()
                .Max();
            if (position.Ledger.Quantity > 0m && highest > position.Trigger)
            {
                long high = SessionRecovery.LowestHighFor(highest, pairs[position.Product].Config.TrailPct);
                _positions[i] = position with { Trigger = highest, Highest = Math.Max(position.Highest, high) };
            }
        }
    }

    private void TellVenue(OrderMerge merge, VenuePortfolio look)
    {
        foreach (PairSetup pair in pairs.Where(pair => look.ClosedProducts.Contains(pair.ProductId)))
        {
            merge.Lines.Add(new ReconcileLine(
                ReconcileFinding.NotTradable, pair.ProductId, 0, 0m,
                $"{pair.ProductId}: the venue takes no new orders now"));
        }

        if (look.ClockSkew.Duration() > TimeSpan.FromSeconds(1))
        {
            merge.Lines.Add(new ReconcileLine(
                ReconcileFinding.ClockSkew, null, 0, 0m, string.Create(
                    CultureInfo.InvariantCulture,
                    $"the venue's clock is {look.ClockSkew.TotalSeconds:0.0} s ahead of ours")));
        }
    }

    private ReconciledSession Result(OrderMerge merge, VenuePortfolio look, long atNs)
    {
        if (session.IsStateUnreadable)
        {
            merge.Lines.Add(new ReconcileLine(
                ReconcileFinding.StateSetAside, null, 0, 0m,
                "the state that the last session stored is laid out by another version of this program; it is set "
                + "aside, rows and venue tell how to go on"));
        }

        if (_aheadNs > 0)
        {
            merge.Lines.Add(new ReconcileLine(
                ReconcileFinding.ClockSkew, null, 0, 0m, string.Create(
                    CultureInfo.InvariantCulture,
                    $"the last session wrote times {_aheadNs / (decimal)EventTime.Second:0.0} s ahead of this "
                    + $"machine's clock; time goes on from now, and rows and venue tell how to go on")));
        }

        ReconcileLine[] lines = [.. merge.Lines
            .OrderBy(line => line.ProductId, StringComparer.Ordinal)
            .ThenBy(line => line.OrderSequence)];
        foreach (MergedOrder order in merge.Orders.Where(order => order.IsChanged))
        {
            _changes.Add(StoredChanges.OrderOf(order.Order, order.Epoch, atNs));
        }

        foreach (ReconcileLine line in lines)
        {
            _changes.Add(StoredChanges.LineOf(line, pairs, merge, atNs));
        }

        RaiseTriggers(merge);
        StoredPortfolio portfolio = session.Portfolio with
        {
            AtNs = atNs,
            Positions = _positions,
            Orders = [.. merge.Orders.Select(order => order.Order)],
            CoinsInDoubt = [.. pairs
                .Where(pair => lines.Any(line =>
                    line.Finding == ReconcileFinding.CoinsUnexplained && line.ProductId == pair.ProductId))
                .Select(pair => pair.Index)],
            ContestedCoins = _contested,
        };
        OrderCommand[] cancels = [.. merge.Orders
            .Where(order => order.IsToCancel)
            .Select(order => StoredChanges.CancelOf(order.Order, atNs))];
        return new ReconciledSession(
            session, portfolio, [.. merge.Orders.Select(order => order.ToAdopted())], cancels, _changes,
            new ReconcileReport(session.EngineId, gateway.Venue, merge.SeenCount, lines), look.IsAnew);
    }
}
