using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Paper;

/// <summary>A report in decimals, comparable as a value.</summary>
internal sealed record PlainReport(
    ReportKind Kind, int Product, long TimeNs, long Sequence, long Related, OrderSide Side,
    OrderType Type, decimal Price, decimal Trigger, decimal Quantity, decimal Filled, decimal Value,
    decimal Fee, Liquidity Liquidity, RejectReason Reason, long TradeKey)
{
    public static PlainReport Of(in TradingEvent report, ProductSpec product) => new(
        report.Report, report.Product, report.ReceivedAtNs, report.OrderSequence, report.RelatedSequence,
        report.Side, report.OrderType, product.PriceOf(report.Price), product.PriceOf(report.Low),
        product.QuantityOf(report.Quantity), product.QuantityOf(report.CumulativeQuantity),
        report.FillValue, report.Fee, report.Liquidity, report.Reason, report.TradeKey);
}
