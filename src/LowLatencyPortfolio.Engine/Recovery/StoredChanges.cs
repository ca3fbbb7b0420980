using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>Writes what a reconciliation corrected as the journal's rows, and what it cancels as commands.</summary>
internal static class StoredChanges
{
    public static StateChange OrderOf(StoredOrder order, long epoch, long atNs) => new()
    {
        Kind = StateChangeKind.Order,
        Product = order.Product,
        TimeNs = atNs,
        OrderState = order.State,
        Side = order.Side,
        OrderType = order.Type,
        Purpose = order.Purpose,
        OrderSequence = order.Sequence,
        Epoch = epoch,
        PositionId = order.PositionId,
        Price = order.Limit,
        Trigger = order.Trigger,
        Quantity = order.Quantity,
        FilledQuantity = order.Cumulative,
        OpenedAtNs = order.CreatedAtNs,
        Value = order.FilledValue,
        Fees = order.Fees,
    };

    public static StateChange PositionOf(StoredPosition position, PairSetup pair, long atNs)
    {
        PositionLedger ledger = position.Ledger;
        bool isOver = ledger.Quantity == 0m;
        return new StateChange
        {
            Kind = StateChangeKind.Position,
            Product = pair.Index,
            TimeNs = atNs,
            StopState = isOver ? StopState.Closed : StopState.Placing,
            ExitReason = position.Reason,
            PositionId = position.PositionId,
            Trigger = position.Trigger,
            Quantity = Units(pair, ledger.Quantity),
            FilledQuantity = Units(pair, ledger.BoughtQuantity),
            SoldQuantity = Units(pair, ledger.SoldQuantity),
            Highest = position.Highest,
            OpenedAtNs = ledger.OpenedAtNs,
            ClosedAtNs = isOver ? ledger.ClosedAtNs : 0,
            Ratchets = position.Ratchets,
            Value = ledger.Cost,
            BoughtValue = ledger.BoughtValue,
            SoldValue = ledger.SoldValue,
            Fees = ledger.TradeFees,
            Realized = ledger.TradeRealized,
        };
    }

    public static StateChange LineOf(ReconcileLine line, PairSetup[] pairs, OrderMerge merge, long atNs)
    {
        PairSetup? pair = Array.Find(pairs, pair => pair.ProductId == line.ProductId);
        return new StateChange
        {
            Kind = StateChangeKind.History,
            Action = HistoryAction.Reconciled,
            Finding = line.Finding,
            Product = pair?.Index ?? -1,
            TimeNs = atNs,
            OrderSequence = line.OrderSequence,
            Price = merge.Orders.FirstOrDefault(order => order.Order.Sequence == line.OrderSequence)?.Order.Limit ?? 0,
            Quantity = pair is null ? 0 : Units(pair, line.Quantity),
        };
    }

    public static OrderCommand CancelOf(StoredOrder order, long atNs) => new()
    {
        Kind = OrderCommandKind.Cancel,
        Side = order.Side,
        Type = order.Type,
        Purpose = order.Purpose,
        Product = order.Product,
        Sequence = order.Sequence,
        Limit = order.Limit,
        Trigger = order.Trigger,
        Quantity = order.Quantity,
        ReleasedAtNs = atNs,
        CausedAtNs = atNs,
    };

    private static long Units(PairSetup pair, decimal quantity) =>
        decimal.ToInt64(quantity * pair.Product.QuantityScale);
}
