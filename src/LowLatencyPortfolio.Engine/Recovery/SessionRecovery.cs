using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Reads what the rows of a database tell of a portfolio: enough to go on without a checkpoint, to the last digit of
/// its money.
/// </summary>
/// <remarks>
/// What no row has begins anew: the entries of the last hour, the entries that waited for a slot. Prices and what
/// equity is measured against are at most a second older than the crash.
/// </remarks>
internal static class SessionRecovery
{
    /// <summary>How long after its end an order may still be told of a fill, ns.</summary>
    public const long LateFillNs = 3_600 * EventTime.Second;

    /// <summary>
    /// How far what was written down may be ahead of our clock, ns; beyond it nothing counts on from there.
    /// </summary>
    public const long MostAheadNs = EventTime.Second;

    /// <summary>Most finished orders that are taken over.</summary>
    public const int MostFinished = 256;

    /// <summary>
    /// Numbers that are left out for each start since the last row: an order that was sent and not written down had one
    /// of them, and nothing else gets it.
    /// </summary>
    public const long SkippedNumbers = 1_000;

    // RejectReason.WaitedForTurn as the rows say it: never sent, so there is nothing that the venue could tell of it.
    private const string NeverSent = "WAITED_FOR_TURN";

    /// <exception cref="JournalException">The rows are of other pairs, or were changed by something else.</exception>
    public static StoredSession Read(PortfolioDatabase database, PairSetup[] pairs)
    {
        IReadOnlyDictionary<string, string> meta = database.Meta();
        string engineId = meta["engine_id"];
        Dictionary<string, PairSetup> byName = pairs.ToDictionary(pair => pair.ProductId, StringComparer.Ordinal);
        IReadOnlyList<PositionRow> positions = database.Positions();
        IReadOnlyList<OrderRow> orders = database.Orders();
        RequirePairs(positions.Select(row => row.ProductId).Concat(orders.Select(row => row.ProductId)), byName);
        PortfolioRow portfolio = database.Portfolio();
        long epoch = long.Parse(meta["epoch"], CultureInfo.InvariantCulture);
        Dictionary<long, WrittenOrder> written = orders.ToDictionary(
            row => row.OrderSequence, row => OrderOf(row, byName[row.ProductId], engineId));
        long atNs = orders.Select(row => row.UpdatedAtNs)
            .Concat(positions.Select(row => row.ClosedAtNs ?? row.OpenedAtNs))
            .Append(portfolio.UpdatedAtNs)
            .Max();
        Dictionary<string, MarkRow> marks =
            database.Marks().ToDictionary(mark => mark.ProductId, StringComparer.Ordinal);
        StoredPortfolio stored = new()
        {
            Mode = portfolio.Mode,
            HasTripped = portfolio.Mode == TradingMode.Halted && HasTripped(database),
            BreakerBase = portfolio.BreakerBase,
            Bases = database.Equity()?.Bases ?? default,
            AtNs = atNs,
            LastOrderSequence = LastNumber(orders, written, epoch),
            LastPositionId = positions.Count == 0 ? 0 : positions[^1].PositionId,
            Positions = [.. positions.GroupBy(row => row.ProductId).Select(
                rows => PositionOf(
                    [.. rows], byName[rows.Key], written.Values, marks.GetValueOrDefault(rows.Key)))],
            Orders = [.. Relevant(orders, atNs).Select(row => written[row.OrderSequence].Order)],
            MeasuredGroups = GroupsOf(database.MeasuredGroups(), pairs),
        };
        CheckpointRow? stop = StopOf(epoch, database);
        return new StoredSession(
            engineId, epoch, stored, written, LiquidationOf(stored), NewestFill(database, orders))
        {
            IsStateUnreadable = stop is not null && !SessionState.IsReadable(stop.State),
            NewestNs = Math.Max(atNs, stop?.Position.LastEventNs ?? 0),
        };
    }

    /// <summary>What a live session left when it stopped in order.</summary>
    /// <param name="epoch">Which session.</param>
    /// <param name="database">Where.</param>
    /// <returns>Null when it did not.</returns>
    public static CheckpointRow? StopOf(long epoch, PortfolioDatabase database) =>
        database.LatestCheckpoint() is { } stop && epoch > 0
            && stop.Position.Fingerprint == StoredJournal.NameOf(epoch) ? stop : null;

    private static long NewestFill(PortfolioDatabase database, IReadOnlyList<OrderRow> orders) =>
        ((HistoryAction[])[HistoryAction.EntryFilled, HistoryAction.ExitFilled])
            .SelectMany(action => database.LatestHistory(1, action: action))
            .Select(row => row.TimestampNs)
            .DefaultIfEmpty(orders.Count == 0 ? 0 : orders[0].CreatedAtNs)
            .Max();

    // A start that was killed before it wrote a row has used numbers too.
    private static long LastNumber(
        IReadOnlyList<OrderRow> orders, Dictionary<long, WrittenOrder> written, long epoch) => orders.Count == 0
        ? epoch * SkippedNumbers
        : orders[^1].OrderSequence
            + ((epoch - written[orders[^1].OrderSequence].Epoch + 1) * SkippedNumbers);

    private static void RequirePairs(IEnumerable<string> names, Dictionary<string, PairSetup> byName)
    {
        string[] missing = [.. names.Distinct().Where(name => !byName.ContainsKey(name)).Order(StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            throw new JournalException(
                $"the database has traded {string.Join(", ", missing)}, which this engine does not have; "
                + "start with its pairs");
        }
    }

    // The pair that a group is named after may not be traded any more; the others are still together.
    private static int[] GroupsOf(IReadOnlyList<MeasuredGroupRow> rows, PairSetup[] pairs)
    {
        Dictionary<string, string> groupOf =
            rows.ToDictionary(row => row.ProductId, row => row.GroupId, StringComparer.Ordinal);
        string[] names = [.. pairs.Select(pair => groupOf.GetValueOrDefault(pair.ProductId, pair.ProductId))];
        return [.. names.Select(name => Array.IndexOf(names, name))];
    }

    private static IEnumerable<OrderRow> Relevant(IReadOnlyList<OrderRow> orders, long atNs) => orders
        .Where(row => OrderTransitions.IsFinal(row.State) && row.UpdatedAtNs >= atNs - LateFillNs
            && row.Reason != NeverSent)
        .OrderByDescending(row => row.UpdatedAtNs)
        .ThenByDescending(row => row.OrderSequence)
        .Take(MostFinished)
        .Concat(orders.Where(row => !OrderTransitions.IsFinal(row.State)))
        .OrderBy(row => row.OrderSequence);

    private static WrittenOrder OrderOf(OrderRow row, PairSetup pair, string engineId)
    {
        if (!OrderName.TryParse(engineId, row.OrderId, out OrderName name))
        {
            throw new JournalException(
                $"order {row.OrderSequence} is named {row.OrderId}, not by this engine; something else wrote it");
        }

        StoredOrder order = new()
        {
            Sequence = row.OrderSequence,
            Product = pair.Index,
            Side = row.Side,
            Type = row.Type,
            Purpose = row.Purpose,
            State = row.State,
            Limit = PriceOf(row.Price ?? 0m, pair),
            Trigger = PriceOf(row.Trigger ?? 0m, pair),
            Quantity = QuantityOf(row.Quantity, pair),
            Cumulative = QuantityOf(row.FilledQuantity, pair),
            FilledValue = row.FilledValue,
            Fees = row.Fees,
            CreatedAtNs = row.CreatedAtNs,
            PositionId = row.PositionId ?? 0,
        };
        return new WrittenOrder(order, name.Epoch);
    }

    private static StoredPosition PositionOf(
        PositionRow[] rows, PairSetup pair, IEnumerable<WrittenOrder> orders, MarkRow? mark)
    {
        PositionRow newest = rows[^1];
        long trigger = newest.Quantity == 0m ? 0 : orders
            .Select(written => written.Order)
            .Where(order => order.Product == pair.Index && order.Purpose == OrderPurpose.Stop
                && order.IsOfPosition(newest.PositionId) && !OrderTransitions.IsFinal(order.State))
            .Select(order => order.Trigger)
            .Append(PriceOf(newest.StopTrigger ?? 0m, pair))
            .Max();
        return new StoredPosition
        {
            Product = pair.Index,
            Ledger = StoredLedger.Of(rows),
            PositionId = newest.PositionId,
            Highest = Math.Max(PriceOf(newest.Highest, pair), LowestHighFor(trigger, pair.Config.TrailPct)),
            Trigger = trigger,
            Mark = MarkOf(mark, newest, pair),
            Ratchets = newest.Ratchets,
            Reason = newest.Quantity == 0m ? ExitReason.None : newest.ExitReason,
        };
    }

    // A price from before the position was opened says nothing of what became of it.
    private static long MarkOf(MarkRow? mark, PositionRow position, PairSetup pair) =>
        mark is not null && mark.KnownAtNs >= position.OpenedAtNs
        && pair.Product.TryPriceUnits(mark.Price, out long units) ? units : 0;

    /// <summary>The price must have been at least this high, or the trigger would not have been decided.</summary>
    public static long LowestHighFor(long trigger, decimal trailPct) =>
        trigger == 0 ? 0 : decimal.ToInt64(decimal.Ceiling(trigger / (1m - trailPct)));

    // A portfolio that was being sold at a loss limit goes on being sold: once is a latch, not an attempt.
    private static ExitReason LiquidationOf(StoredPortfolio stored) =>
        stored.HasTripped && stored.Positions.Any(position => position.Ledger.Quantity != 0m)
            ? ExitReason.LossBreaker
            : ExitReason.None;

    // Since the last resume, whatever else halted it before or afterwards, such as the end of the engine.
    private static bool HasTripped(PortfolioDatabase database)
    {
        long resumed = database.LatestHistory(1, action: HistoryAction.Resumed) is [.., { } newest] ? newest.Id : 0;
        return database.LatestHistory(int.MaxValue, action: HistoryAction.Halted)
            .Any(row => row.Id > resumed && row.Detail == "LOSS_BREAKER");
    }

    private static long PriceOf(decimal price, PairSetup pair) =>
        pair.Product.TryPriceUnits(price, out long units) ? units : throw OffGrid(price, pair);

    private static long QuantityOf(decimal quantity, PairSetup pair) =>
        pair.Product.TryQuantityUnits(quantity, out long units) ? units : throw OffGrid(quantity, pair);

    private static JournalException OffGrid(decimal number, PairSetup pair) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{number} of {pair.ProductId} does not fit its grid any more; start with the product as it was"));
}
