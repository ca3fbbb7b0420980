using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>Dispatch's hand: what was approved leaves first, then the tables and the journal follow.</summary>
internal sealed class ReleaseDesk(
    OrderTable orders, PositionRecord[] positions, JournalScribe journal, IOrderSink gateway)
{
    private readonly CommandWriter _commands = new(gateway);

    /// <summary>A stop, in place of others or beside them.</summary>
    public void Stop(in TradingEvent e, ref DispatchCounts counts)
    {
        long replaced = e.Approved.ReplacesStops ? ReleaseStops(in e) : 0;
        Send(in e, replaced, ref counts);
        if (replaced != 0)
        {
            JournalReleased(in e);
        }

        ref OrderEntry order = ref AddApproved(in e, OrderState.Submitted);
        journal.Order(in e, in order);
        ref PositionRecord position = ref positions[e.Product];
        position.State = replaced == 0 && position.State != StopState.Resting ? StopState.Placing
            : replaced == 0 ? StopState.Resting
            : StopState.Replacing;
    }

    // One stop is replaced, the others of the position are cancelled: the new one covers them all.
    private long ReleaseStops(in TradingEvent e)
    {
        long replaced = 0;
        for (int i = orders.FirstOf(e.Product); i >= 0; i = orders.NextOf(i))
        {
            ref OrderEntry order = ref orders[i];
            if (!CancelChoice.Includes(DecisionKind.ReplaceStop, in order))
            {
                continue;
            }

            orders.Apply(i, OrderEvent.CancelSent);
            if (replaced == 0)
            {
                replaced = order.Sequence;
            }
            else
            {
                _commands.Cancel(in e, in order);
            }
        }

        return replaced;
    }

    private void JournalReleased(in TradingEvent e)
    {
        for (int i = orders.FirstOf(e.Product); i >= 0; i = orders.NextOf(i))
        {
            ref OrderEntry order = ref orders[i];
            if (order.IsStop && order.State == OrderState.CancelPending)
            {
                journal.Order(in e, in order);
            }
        }
    }

    /// <summary>A sell of all that is held, or of a part of it.</summary>
    public void Sale(in TradingEvent e, ref DispatchCounts counts)
    {
        Send(in e, replaces: 0, ref counts);
        ref OrderEntry order = ref AddApproved(in e, OrderState.Submitted);
        journal.Order(in e, in order);
        if (order.Purpose == OrderPurpose.Exit)
        {
            positions[e.Product].State = StopState.Exiting;
        }
    }

    /// <summary>Asks for the end of what the decision names.</summary>
    public void CancelWorking(in TradingEvent e)
    {
        for (int i = orders.FirstOf(e.Product); i >= 0; i = orders.NextOf(i))
        {
            ref OrderEntry order = ref orders[i];
            if (CancelChoice.Includes(e.Decision, in order))
            {
                orders.Apply(i, OrderEvent.CancelSent);
                _commands.Cancel(in e, in order);
                journal.Order(in e, in order);
            }
        }
    }

    /// <summary>Asks for the end of an entry that has waited too long.</summary>
    public void CancelOverdue(in TradingEvent e)
    {
        if (EntryExpiry.MarkCancelled(orders, e.DecisionOrder) is >= 0 and int index)
        {
            _commands.Cancel(in e, in orders[index]);
            journal.Order(in e, in orders[index]);
        }
    }

    /// <summary>Sends what was approved.</summary>
    /// <param name="e">The event that carries it.</param>
    /// <param name="replaces">Our number of the stop it takes the place of; 0 for none.</param>
    /// <param name="counts">One order more.</param>
    public void Send(in TradingEvent e, long replaces, ref DispatchCounts counts)
    {
        _commands.Place(in e, replaces);
        counts.Orders++;
    }

    /// <summary>Keeps an approved order.</summary>
    public ref OrderEntry AddApproved(in TradingEvent e, OrderState state)
    {
        ref OrderEntry order = ref orders.Add(e.Approved.Sequence, e.Product, out _);
        order.Side = e.Approved.Side;
        order.Type = e.Approved.Type;
        order.Purpose = e.Approved.Purpose;
        order.State = state;
        order.Limit = e.Approved.Limit;
        order.Trigger = e.Approved.Trigger;
        order.Quantity = e.Approved.Quantity;
        order.CreatedAtNs = e.NowNs;
        order.PositionId = e.Approved.Side == OrderSide.Sell ? positions[e.Product].Id : 0;
        return ref order;
    }
}
