using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// Answers every command at once, in full and at its own price: only used while a stream is recorded.
/// </summary>
internal sealed class RecordingVenue : IOrderSink
{
    private readonly Queue<TradingEvent> _answers = new();

    public long Orders { get; private set; }

    public void Submit(in OrderCommand command)
    {
        if (command.Kind == OrderCommandKind.Cancel)
        {
            throw new InvalidOperationException(
                "the recorded stream made the engine cancel an order; it is meant to hold its positions");
        }

        Orders++;
        TradingEvent report = new()
        {
            Kind = EventKind.OrderReport,
            Report = command.Kind == OrderCommandKind.Replace ? ReportKind.Replaced : ReportKind.Ack,
            Product = command.Product,
            ReceivedAtNs = command.ReleasedAtNs,
            Price = command.Limit,
            Low = command.Trigger,
            Quantity = command.Quantity,
            OrderSequence = command.Sequence,
            RelatedSequence = command.Replaces,
            Side = command.Side,
            OrderType = command.Type,
        };
        _answers.Enqueue(report);
        if (command.Purpose == OrderPurpose.Entry)
        {
            report.Report = ReportKind.Fill;
            report.CumulativeQuantity = command.Quantity;
            report.FillValue = ProductSpec.ValueOf(command.Limit, command.Quantity);
            report.Liquidity = Liquidity.Taker;
            _answers.Enqueue(report);
        }
    }

    public bool TryTakeAnswer(out TradingEvent report) => _answers.TryDequeue(out report);
}
