using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Paper;

/// <summary>What happens to a command at its due time: acknowledged, refused, cancelled or replaced.</summary>
internal sealed class PaperAdmission(PaperBook book)
{
    private const int PlacingDraw = 0;

    public bool IsLive(int product, long sequence) => book.Orders.Find(product, sequence) != PaperOrderStore.None;

    public void Place(in OrderCommand command, long dueNs)
    {
        PaperOrder order = OrderOf(in command);
        RejectReason reason = Review(in order);
        if (reason != RejectReason.None)
        {
            book.Reports.AddRejected(in order, reason, dueNs);
            return;
        }

        Take(ref order);
        book.Reports.Add(ReportKind.Ack, in order, dueNs);
    }

    public void Cancel(in OrderCommand command, long dueNs)
    {
        int slot = book.Orders.Find(command.Product, command.Sequence);
        if (slot == PaperOrderStore.None)
        {
            PaperOrder gone = book.Done.TryFind(command.Sequence, out PaperOrder done) ? done : OrderOf(in command);
            book.Reports.AddCancelRejected(in gone, dueNs);
            return;
        }

        book.Ledger.Release(in book.Orders[slot]);
        book.Reports.Add(ReportKind.Cancelled, in book.Orders[slot], dueNs);
        book.End(slot);
    }

    public void Replace(in OrderCommand command, long dueNs)
    {
        PaperOrder order = OrderOf(in command);
        int slot = book.Orders.Find(command.Product, command.Replaces);
        if (slot == PaperOrderStore.None)
        {
            book.Reports.AddRejected(in order, RejectReason.OrderIsDone, dueNs);
            return;
        }

        // The old order's hold is free for the new one, and the old one is gone whatever becomes of the new.
        PaperOrder old = book.Orders[slot];
        book.Ledger.Release(in old);
        book.End(slot);
        RejectReason reason = Review(in order);
        if (reason != RejectReason.None)
        {
            book.Reports.Add(ReportKind.Cancelled, in old, dueNs);
            book.Reports.AddRejected(in order, reason, dueNs);
            return;
        }

        Take(ref order);
        book.Reports.Add(ReportKind.Replaced, in order, dueNs, replaced: old.Sequence);
    }

    private static PaperOrder OrderOf(in OrderCommand command) => new()
    {
        Sequence = command.Sequence,
        Product = command.Product,
        Side = command.Side,
        Type = command.Type,
        Limit = command.Limit,
        Trigger = command.Trigger,
        Quantity = command.Quantity,
        Fresh = true,
    };

    /// <summary>First reason against a new order, in order of precedence.</summary>
    private RejectReason Review(in PaperOrder order)
    {
        long last = book.Pairs[order.Product].LastPrice;
        if (!IsUnderstood(in order, last))
        {
            return RejectReason.InvalidOrder;
        }

        if (book.Pricing.Refuses(order.Sequence, PlacingDraw))
        {
            return RejectReason.Chance;
        }

        if (order.Type == OrderType.StopLimit && last != 0 && order.Trigger >= last)
        {
            return RejectReason.StopThroughMarket;
        }

        PaperOrder held = order;
        held.HoldPrice = HoldPriceOf(in order);
        return book.Ledger.Covers(in held) ? RejectReason.None : RejectReason.InsufficientFunds;
    }

    /// <summary>Grids and minimum sizes are the risk gate's; here only what could not be matched at all is
    /// refused.</summary>
    private static bool IsUnderstood(in PaperOrder order, long last) => order.Quantity > 0 && order.Type switch
    {
        OrderType.Limit or OrderType.LimitIoc => order.Limit > 0,
        OrderType.StopLimit => order.Limit > 0 && order.Trigger > 0 && order.Side == OrderSide.Sell,
        // Without a price nobody knows what a market buy costs.
        OrderType.Market => order.Side == OrderSide.Sell || last != 0,
        _ => false,
    };

    private void Take(ref PaperOrder order)
    {
        order.HoldPrice = HoldPriceOf(in order);
        book.Ledger.Hold(in order);
        book.Orders.Add(in order);
    }

    private long HoldPriceOf(in PaperOrder order)
    {
        if (order.Side == OrderSide.Sell)
        {
            return 0;
        }

        return order.Type == OrderType.Market ? book.Pairs[order.Product].LastPrice : order.Limit;
    }
}
