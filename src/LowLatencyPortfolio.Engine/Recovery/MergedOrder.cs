using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>One order as rows and venue have it together.</summary>
internal sealed class MergedOrder(WrittenOrder written)
{
    /// <summary>As it is taken over; where it stands may differ from what was written.</summary>
    public StoredOrder Order { get; private set; } = written.Order;

    public long Epoch => written.Epoch;

    /// <summary>
    /// Epoch in the id under which the venue has it: its own, or that of the order whose place it took by an edit.
    /// </summary>
    public long ClientEpoch { get; set; } = written.Epoch;

    public long ClientSequence { get; set; } = written.Order.Sequence;

    public SeenOrder? Seen { get; set; }

    public long BaseFilled { get; set; }

    public decimal BaseValue { get; set; }

    public decimal BaseFees { get; set; }

    /// <summary>The row has to be written: it is new, or its state was corrected.</summary>
    public bool IsChanged { get; set; }

    /// <summary>The venue is to be asked to cancel it.</summary>
    public bool IsToCancel { get; private set; }

    /// <summary>Its request is repeated: it was to protect what nothing else protects.</summary>
    public bool IsToRepeat { get; set; }

    /// <summary>What the venue has traded of it beyond what is booked, ring units; at least 0.</summary>
    public long Growth { get; set; }

    public bool IsOver => OrderTransitions.IsFinal(Order.State);

    public bool IsOpenAtVenue => Seen is { IsOpen: true };

    public void SetState(OrderState state)
    {
        Order = Order with { State = state };
        IsChanged = true;
    }

    /// <summary>The venue has it at other terms than any row.</summary>
    public void SetTerms(long limit, long trigger, long quantity)
    {
        Order = Order with { Limit = limit, Trigger = trigger, Quantity = quantity };
        IsChanged = true;
    }

    public void Cancel()
    {
        SetState(OrderState.CancelPending);
        IsToCancel = true;
    }

    public AdoptedOrder ToAdopted() => new()
    {
        Order = Order, Epoch = ClientEpoch, ClientSequence = ClientSequence, Seen = Seen, BaseFilled = BaseFilled,
        BaseValue = BaseValue, BaseFees = BaseFees, IsToRepeat = IsToRepeat,
        WasCancelAsked = IsToCancel || written.Order.State == OrderState.CancelPending,
    };
}
