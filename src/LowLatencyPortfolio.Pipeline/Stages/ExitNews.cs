using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>What a report means for somebody who waits for a pair to be closed.</summary>
internal static class ExitNews
{
    public static void Tell(
        IOrderObserver observer, in TradingEvent e, in OrderEntry order, long held, bool nothingWorks,
        ProductSpec product)
    {
        if (order.Purpose == OrderPurpose.Exit && e.Report is ReportKind.Ack or ReportKind.Rejected)
        {
            observer.ExitProgressed(
                e.Product, e.Report == ReportKind.Ack ? ExitProgress.Acknowledged : ExitProgress.Failed);
        }

        // At the highest price of the position: what is dust there is dust at every price since. A pair that is held
        // and has no order only waits for its next stop.
        if (e.Supervision is SupervisionMark.Protected or SupervisionMark.ReductionEnded && nothingWorks
            && (held == 0 || product.IsDust(held, e.Highest)))
        {
            observer.ExitProgressed(e.Product, ExitProgress.Flat);
        }
    }
}
