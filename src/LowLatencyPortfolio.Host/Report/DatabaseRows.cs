using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Report;

/// <summary>The rows of a database as the report's lines.</summary>
/// <param name="Trades">Every position, open and closed.</param>
/// <param name="Fills">Every fill in the order in which they happened.</param>
/// <param name="Refusals">Every entry the risk gate refused.</param>
internal sealed record DatabaseRows(
    IReadOnlyList<TradeLine> Trades, IReadOnlyList<FillLine> Fills, IReadOnlyList<RefusalLine> Refusals)
{
    /// <summary>Entries that were cancelled because they had waited too long for their fill.</summary>
    public int EntriesOverdue { get; init; }

    /// <summary>What rebalances did.</summary>
    public required RebalanceTally Rebalances { get; init; }

    /// <summary>The mode the run ended in.</summary>
    public TradingMode Mode { get; init; }

    /// <summary>When the mode last changed, ns UTC; null when it never did.</summary>
    public long? ModeSinceNs { get; init; }

    /// <summary>Reads a database; the engine of the run may still have it open, with everything committed.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its lines.</returns>
    /// <exception cref="JournalException">The file cannot be read.</exception>
    public static DatabaseRows Read(string path)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(path);
        return Of(database.Positions(), database.History(), database.Orders()) with
        {
            Mode = database.Portfolio().Mode,
        };
    }

    /// <summary>Makes lines of rows.</summary>
    public static DatabaseRows Of(
        IReadOnlyList<PositionRow> positions, IReadOnlyList<HistoryRow> history, IReadOnlyList<OrderRow> orders) => new(
        [.. positions.Select(row => Trade(row, orders))],
        [.. history.Where(row => row.Action is HistoryAction.EntryFilled or HistoryAction.ExitFilled).Select(Fill)],
        [.. history.Where(row => row.Action == HistoryAction.RiskRejected).Select(Refusal)])
    {
        EntriesOverdue = history.Count(row =>
            row.Action == HistoryAction.OrderCancelled && row.Detail == WaitedTooLong),
        Rebalances = RebalanceTally.Of(history, orders),
        ModeSinceNs = history
            .LastOrDefault(row => row.Action is HistoryAction.Halted or HistoryAction.Resumed)?.TimestampNs,
    };

    /// <summary>What rebalances did, where they are switched on or there were any; else null.</summary>
    public RebalanceTally? RebalancesBy(RebalanceOptions? options) =>
        options is { Orders: true } || Rebalances.IsAny ? Rebalances : null;

    /// <summary>The verdict that a row's detail names; None where it names none.</summary>
    public static RiskVerdict Verdict(string? detail)
    {
        // POSITION_SIZE_ABOVE_LIMIT is PositionSizeAboveLimit.
        string? name = detail?.Replace("_", string.Empty, StringComparison.Ordinal);
        return Enum.TryParse(name, ignoreCase: true, out RiskVerdict verdict) ? verdict : RiskVerdict.None;
    }

    // RejectReason.WaitedTooLong as the history says it.
    private const string WaitedTooLong = "WAITED_TOO_LONG";

    private static TradeLine Trade(PositionRow row, IReadOnlyList<OrderRow> orders) => new()
    {
        ProductId = row.ProductId,
        OpenedAtNs = row.OpenedAtNs,
        ClosedAtNs = row.ClosedAtNs,
        Bought = row.BoughtQuantity,
        Sold = row.SoldQuantity,
        BoughtValue = row.BoughtValue,
        SoldValue = row.SoldValue,
        Cost = row.Cost,
        Fees = row.Fees,
        Realized = row.Realized,
        Highest = row.Highest,
        LastStop = row.Quantity > 0m ? WorkingTrigger(row, orders) : row.StopTrigger,
        Ratchets = row.Ratchets,
        Reason = row.ExitReason,
    };

    // The row of a position keeps the newest trigger also when its stop has ended.
    private static decimal? WorkingTrigger(PositionRow position, IReadOnlyList<OrderRow> orders) => orders
        .Where(order => order.Purpose == OrderPurpose.Stop && order.PositionId == position.PositionId
            && OrderTransitions.IsAtVenue(order.State))
        .Max(order => order.Trigger);

    private static FillLine Fill(HistoryRow row) => new(
        row.TimestampNs,
        row.ProductId!,
        row.Action == HistoryAction.EntryFilled,
        row.Quantity!.Value,
        row.Price!.Value,
        row.Fee);

    private static RefusalLine Refusal(HistoryRow row) =>
        new(row.TimestampNs, row.ProductId ?? "-", Verdict(row.Detail));
}
