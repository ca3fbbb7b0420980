using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>What follows from the answer to a new order.</summary>
/// <remarks>Thread: under the desk's lock. Nothing that may have arrived is ever called rejected.</remarks>
internal sealed class CreateDesk(DeskState state)
{
    private const int MostAttempts = 4;

    private readonly VenueOrderBook _book = state.Book;

    public void OnAnswer(int index, in OrderAnswer answer, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        if (answer.Kind == AnswerKind.Accepted)
        {
            Accept(index, in answer, nowNs);
            return;
        }

        if (order.IsAcknowledged || order.IsDone)
        {
            return;     // the user channel was faster; it knows better than a failed answer
        }

        switch (answer.Kind)
        {
            case AnswerKind.Exists:
                Doubt(index, nowNs);
                DeskState.LookBy(ref order, nowNs);
                break;
            case AnswerKind.Unknown:
                Lose(index, nowNs);
                break;
            case AnswerKind.Limited when order.IsProtective || order.WasLost:
                Retry(ref order, nowNs);
                break;
            case AnswerKind.NotSent when MayTryAgain(in order):
                Retry(ref order, nowNs);
                break;
            case AnswerKind.Refused when IsHeldBack(ref order, answer.Reason, nowNs):
                Retry(ref order, nowNs);
                break;
            default:
                Refuse(index, in answer, nowNs);
                break;
        }
    }

    private void Accept(int index, in OrderAnswer answer, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        if (answer.IsOfAnother || (!order.Id.IsEmpty && !order.Id.Equals(answer.OrderId)))
        {
            state.Counts.Mismatches++;
            state.Health.SetMismatch(HaltCause.OrderIdTaken, order.Command.Product, order.Sequence, nowNs);
        }

        if (answer.IsOfAnother)
        {
            OnAnother(index, in answer, nowNs);
            return;
        }

        order.Id = order.Id.IsEmpty ? answer.OrderId : order.Id;
        order.LookAtNs = order.IsSellAtOnce && !order.IsDone ? nowNs + EventTime.Second : long.MaxValue;
        order.DeadlineNs = 0;
        order.Attempts = 0;
        _book.Acknowledge(index, nowNs);
    }

    // Our id stands for another order: ours is not there, and a stop is placed anew under the next id. An answer that
    // does not even name our id tells nothing of ours.
    private void OnAnother(int index, in OrderAnswer answer, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        if (order.IsAcknowledged || order.IsDone)
        {
            return;
        }

        if (answer.IsIdTaken)
        {
            _book.Finish(index, ReportKind.Rejected, RejectReason.InvalidOrder, byProof: true, nowNs);
        }
        else
        {
            Lose(index, nowNs);
        }
    }

    // An identical request, a stop's or a sell's, makes no second order: the venue answers with the first. An entry is
    // never sent again; it is looked for.
    private void Lose(int index, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        state.Counts.Lost++;
        Doubt(index, nowNs);
        order.Attempts++;
        DeskState.LookBy(ref order, nowNs + (EventTime.Second / 2));
        if (order.IsProtective)
        {
            Retry(ref order, nowNs, isCounted: false);
        }
    }

    private void Doubt(int index, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        order.WasLost = true;
        if (order.Phase != OrderPhase.Unknown)
        {
            order.Phase = OrderPhase.Unknown;
            _book.Tell(index, ReportKind.Unknown, RejectReason.None, nowNs);
        }
    }

    private void Refuse(int index, in OrderAnswer answer, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        RejectReason reason = answer.Kind == AnswerKind.Limited ? RejectReason.RateLimited : answer.Reason;
        state.AsksForProducts |=
            reason is RejectReason.ProductState or RejectReason.KindRefused or RejectReason.InvalidOrder;
        state.AsksForCoins |= reason == RejectReason.InsufficientFunds && order.IsSell;
        if (!order.WasLost)
        {
            _book.Finish(index, ReportKind.Rejected, reason, byProof: true, nowNs);
            return;
        }

        // The repetition was refused; the first may still have been taken: not found, it was not.
        order.RefusedAtNs = answer.Kind == AnswerKind.Refused ? nowNs : 0;
        order.Refusal = reason;
        DeskState.LookBy(ref order, nowNs);
        if (!order.IsRefused && order.IsProtective)
        {
            Retry(ref order, nowNs);
        }
    }

    private static bool MayTryAgain(in VenueOrder order) =>
        order.WasLost || order.Attempts < (order.IsProtective ? MostAttempts : 1);

    // A cancelled sell gives its coins back a little later than it says so.
    private bool IsHeldBack(ref VenueOrder order, RejectReason reason, long nowNs)
    {
        if (reason != RejectReason.InsufficientFunds || !order.IsSell)
        {
            return false;
        }

        state.AsksForCoins = true;
        if (order.DeadlineNs == 0)
        {
            if (!HasHold(in order, nowNs))
            {
                return false;
            }

            order.DeadlineNs = nowNs + DeskState.Ns(state.Options.HoldRelease);
        }

        return nowNs < order.DeadlineNs;
    }

    private bool HasHold(in VenueOrder order, long nowNs)
    {
        int product = order.Command.Product;
        if (state.LastSellEndNs[product] is not 0 and long ended
            && nowNs - ended < DeskState.Ns(state.Options.HoldRelease))
        {
            return true;
        }

        foreach (int live in _book.Live)
        {
            ref VenueOrder other = ref _book[live];
            if (other.IsSell && other.Command.Product == product && other.Sequence != order.Sequence
                && other.IsAcknowledged)
            {
                return true;
            }
        }

        return false;
    }

    private static void Retry(ref VenueOrder order, long nowNs, bool isCounted = true)
    {
        order.Attempts += isCounted ? 1 : 0;
        order.Phase = order.WasLost ? OrderPhase.Unknown : OrderPhase.Queued;
        DeskState.ResendLater(ref order, WireAction.Create, nowNs + DeskState.Backoff(order.Attempts));
    }
}
