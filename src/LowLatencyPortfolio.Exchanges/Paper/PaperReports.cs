using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Paper;

/// <summary>Reports waiting for the feeder: the producer-written part of <see cref="TradingEvent"/>,
/// complete.</summary>
/// <remarks>The buffer is kept; it grows only when more reports wait at once than ever before.</remarks>
internal sealed class PaperReports(int capacity)
{
    private TradingEvent[] _reports = new TradingEvent[capacity];
    private int _count;

    public ReadOnlySpan<TradingEvent> Waiting => _reports.AsSpan(0, _count);

    public bool IsEmpty => _count == 0;

    public void Clear() => _count = 0;

    /// <summary>Reports on an order that was taken.</summary>
    public void Add(ReportKind kind, in PaperOrder order, long timeNs, long replaced = 0)
    {
        ref TradingEvent report = ref Next(kind, order.Product, order.Sequence, timeNs);
        report.RelatedSequence = replaced;
        Describe(ref report, in order);
    }

    /// <summary>Reports that an order was not taken.</summary>
    public void AddRejected(in PaperOrder order, RejectReason reason, long timeNs)
    {
        ref TradingEvent report = ref Next(ReportKind.Rejected, order.Product, order.Sequence, timeNs);
        report.Reason = reason;
        Describe(ref report, in order);
    }

    /// <summary>Reports that a cancel found nothing to cancel.</summary>
    public void AddCancelRejected(in PaperOrder order, long timeNs)
    {
        ref TradingEvent report = ref Next(ReportKind.CancelRejected, order.Product, order.Sequence, timeNs);
        report.Reason = RejectReason.OrderIsDone;
        Describe(ref report, in order);
    }

    /// <summary>Reports a fill; the order already counts it.</summary>
    public void AddFill(
        in PaperOrder order, long price, decimal value, decimal fee, Liquidity liquidity, long tradeKey, long timeNs)
    {
        ref TradingEvent report = ref Next(ReportKind.Fill, order.Product, order.Sequence, timeNs);
        Describe(ref report, in order);
        report.Price = price;
        report.FillValue = value;
        report.Fee = fee;
        report.Liquidity = liquidity;
        report.TradeKey = tradeKey;
    }

    private static void Describe(ref TradingEvent report, in PaperOrder order)
    {
        report.Price = order.Limit;
        report.Low = order.Trigger;
        report.Quantity = order.Quantity;
        report.CumulativeQuantity = order.Filled;
        report.Side = order.Side;
        report.OrderType = order.Type;
    }

    private ref TradingEvent Next(ReportKind kind, int product, long sequence, long timeNs)
    {
        if (_count == _reports.Length)
        {
            Array.Resize(ref _reports, _count * 2);
        }

        ref TradingEvent report = ref _reports[_count++];
        report = default;
        report.Kind = EventKind.OrderReport;
        report.Report = kind;
        report.Count = 1;
        report.Product = product;
        report.OrderSequence = sequence;
        report.ReceivedAtNs = timeNs;
        report.VenueTimeNs = timeNs;
        return ref report;
    }
}
