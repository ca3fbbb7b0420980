using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>Makes of rows and alarms what listeners are told.</summary>
/// <remarks>Thread: the hub's, but <see cref="IsTold"/>, which is pure.</remarks>
internal sealed class EventReading(PairSetup[] pairs)
{
    private const long NsPerTick = 100;

    // A late report writes the row of a closed position again.
    private readonly long[] _lastClosed = new long[pairs.Length];

    /// <summary>Whether listeners are told of a row: history, and the end of a position.</summary>
    public static bool IsTold(in StateChange row) => row.Kind switch
    {
        StateChangeKind.History => KindOf(row.Action) != EngineEventKind.None,
        StateChangeKind.Position => row.Quantity == 0 && row.ClosedAtNs != 0 && row.ClosedAtNs == row.TimeNs,
        _ => false,
    };

    public static EngineEvent Of(EngineAlarm alarm) => new()
    {
        Kind = alarm.IsOver ? EngineEventKind.AlarmOver : EngineEventKind.Alarm,
        Action = alarm.Action,
        ProductId = alarm.ProductId,
        At = TimeOf(alarm.AtNs),
        Alarm = alarm,
    };

    /// <summary>What a row says.</summary>
    /// <returns>Null when it was said before.</returns>
    public EngineEvent? Of(in StateChange row)
    {
        if (row.Kind == StateChangeKind.Position)
        {
            return IsNews(in row) ? ClosedOf(in row, pairs[row.Product].Product) : null;
        }

        EngineEvent told = new()
        {
            Kind = KindOf(row.Action),
            Action = row.Action,
            At = TimeOf(row.TimeNs),
            OrderSequence = row.OrderSequence,
            PositionId = row.PositionId,
            Value = row.Value,
            Fee = row.Fees,
            Verdict = row.Verdict,
            Reason = row.Reason,
            ExitReason = row.ExitReason,
            Mode = row.Action is HistoryAction.Halted or HistoryAction.Resumed ? row.Mode : null,
        };
        if (row.Product < 0)
        {
            return told;
        }

        ProductSpec product = pairs[row.Product].Product;
        return told with
        {
            ProductId = product.ProductId,
            Price = row.Price == 0 ? null : product.PriceOf(row.Price),
            Quantity = product.QuantityOf(row.Quantity),
        };
    }

    // Alarms come with their words from who makes those; what was liquidated is told by the position's end.
    private static EngineEventKind KindOf(HistoryAction action) => action switch
    {
        HistoryAction.EntrySubmitted => EngineEventKind.EntrySubmitted,
        HistoryAction.EntryFilled => EngineEventKind.EntryFilled,
        HistoryAction.StopPlaced => EngineEventKind.StopPlaced,
        HistoryAction.StopReplaced => EngineEventKind.StopMoved,
        HistoryAction.StopTriggered => EngineEventKind.StopTriggered,
        HistoryAction.ExitFilled => EngineEventKind.ExitFilled,
        HistoryAction.RiskRejected => EngineEventKind.OrderRefused,
        HistoryAction.OrderRejected => EngineEventKind.OrderRejected,
        HistoryAction.OrderCancelled => EngineEventKind.OrderCancelled,
        HistoryAction.OrderAbandoned => EngineEventKind.OrderAbandoned,
        HistoryAction.Halted or HistoryAction.Resumed => EngineEventKind.ModeChanged,
        HistoryAction.RebalanceStarted or HistoryAction.RebalanceRefused or HistoryAction.RebalanceSelling
            or HistoryAction.RebalanceEnded => EngineEventKind.Rebalanced,
        HistoryAction.Reconciled => EngineEventKind.Reconciled,
        _ => EngineEventKind.None,
    };

    private static EngineEvent ClosedOf(in StateChange row, ProductSpec product) => new()
    {
        Kind = EngineEventKind.PositionClosed,
        ProductId = product.ProductId,
        At = TimeOf(row.TimeNs),
        PositionId = row.PositionId,
        Price = row.ExitPrice == 0 ? null : product.PriceOf(row.ExitPrice),
        Quantity = product.QuantityOf(row.SoldQuantity),
        Value = row.SoldValue,
        Fee = row.Fees,
        Realized = row.Realized,
        ExitReason = row.ExitReason,
    };

    private static DateTimeOffset TimeOf(long ns) => DateTimeOffset.UnixEpoch.AddTicks(ns / NsPerTick);

    private bool IsNews(in StateChange row)
    {
        bool isNews = row.PositionId != _lastClosed[row.Product];
        _lastClosed[row.Product] = row.PositionId;
        return isNews;
    }
}
