using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Reference;

/// <summary>One order, in decimals.</summary>
internal sealed class ReferenceOrder
{
    public required long Sequence;
    public required int Product;
    public required OrderSide Side;
    public required OrderType Type;
    public required OrderPurpose Purpose;
    public required decimal Limit;
    public required decimal Trigger;
    public required decimal Quantity;
    public required long CreatedAtNs;

    /// <summary>Since when the entry waits for its fill; 0 before the first report.</summary>
    public long WaitingSinceNs;
    public decimal ExposurePrice;
    public decimal Filled;
    public bool HoldsSlot;
    public HashSet<ReportKind> Reports = [];

    /// <summary>As the gate and Dispatch know it: they sent it.</summary>
    public ReferenceView Sent = new();

    /// <summary>As the ratchet knows it: from reports only. Null before the first.</summary>
    public ReferenceView? Reported;

    public decimal Remaining => Quantity - Filled;

    public bool IsStop => Purpose == OrderPurpose.Stop;

    public bool IsOpen => !OrderTransitions.IsFinal(Sent.State);
}

/// <summary>What one side knows of an order's life.</summary>
internal sealed class ReferenceView
{
    public OrderState State = OrderState.Submitted;

    /// <summary>The venue would not cancel it; not asked again before the next supervision.</summary>
    public bool CancelRefused;

    public bool IsLive => OrderTransitions.IsLive(State);

    public bool CanCancel =>
        State is OrderState.Submitted or OrderState.Working or OrderState.Triggered && !CancelRefused;

    public void Apply(OrderEvent happened)
    {
        OrderState next = OrderTransitions.Next(State, happened);
        State = next == OrderState.None ? State : next;
    }

    public void ApplyReport(ReportKind report, bool grew, bool complete)
    {
        if (grew)
        {
            Apply(complete ? OrderEvent.CompleteFill : OrderEvent.PartialFill);
        }

        CancelRefused |= report == ReportKind.CancelRejected;
        if (EventOf(report) is { } happened && State != OrderState.Filled)
        {
            Apply(happened);
        }
    }

    private static OrderEvent? EventOf(ReportKind report) => report switch
    {
        ReportKind.Ack or ReportKind.Replaced => OrderEvent.Ack,
        ReportKind.Triggered => OrderEvent.Triggered,
        ReportKind.Cancelled => OrderEvent.Cancelled,
        ReportKind.CancelRejected => OrderEvent.CancelRejected,
        ReportKind.Rejected => OrderEvent.Rejected,
        ReportKind.Expired => OrderEvent.Expired,
        ReportKind.Unknown => OrderEvent.Lost,
        ReportKind.ProvenAbsent or ReportKind.HandedBack => OrderEvent.ProvenAbsent,
        _ => null,
    };
}
