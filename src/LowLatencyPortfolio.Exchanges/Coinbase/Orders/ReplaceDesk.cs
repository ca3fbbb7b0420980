using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Moves a stop: by an edit where that is known to work, else by a cancel and, once the old one is over, a new order.
/// </summary>
/// <remarks>
/// Thread: under the desk's lock. Until an edit is proven the old stop counts as in force: nothing is reported before.
/// </remarks>
internal sealed class ReplaceDesk(DeskState state, CancelDesk cancels)
{
    private const int MostAttempts = 3;

    /// <summary>Edits of one stop that the venue refuses before the stop is replaced by a cancel.</summary>
    internal const int MostRefusals = 3;

    private readonly VenueOrderBook _book = state.Book;

    /// <summary>The engine wants an order to take another's place.</summary>
    public void Ask(int index, long nowNs)
    {
        int replaced = _book.Find(_book[index].Command.Replaces);
        if (replaced < 0 || _book[replaced].IsDone)
        {
            Refuse(index, nowNs);
            return;
        }

        if (_book[replaced].IsTriggered)
        {
            GiveUp(index, replaced, RejectReason.OrderIsDone, nowNs);
            return;
        }

        ref VenueOrder order = ref _book[index];
        ref VenueOrder old = ref _book[replaced];
        order.Phase = OrderPhase.Replacing;
        state.Turns.OnDecided(ref order, nowNs);
        old.ReplacedBy = order.Sequence;
        old.FilledAtReplace = old.Filled;
        old.IsReplaceBegun = false;
        if (old.Phase == OrderPhase.Queued && !old.WasLost && old.Id.IsEmpty)
        {
            _book.Finish(replaced, ReportKind.Cancelled, RejectReason.None, byProof: true, nowNs);
            OnOldEnded(replaced, nowNs);
        }
        else if (old.Phase == OrderPhase.Working)
        {
            Begin(replaced, nowNs);
        }
    }

    /// <summary>The old order works: its place can be taken.</summary>
    public void Begin(int replaced, long nowNs)
    {
        ref VenueOrder old = ref _book[replaced];
        int index = _book.Find(old.ReplacedBy);
        if (old.IsReplaceBegun || index < 0 || _book[index].IsDone || _book[index].IsCancelOfEngine)
        {
            return;
        }

        old.IsReplaceBegun = true;
        ref VenueOrder order = ref _book[index];
        int product = order.Command.Product;
        order.VenueSize = order.Command.Quantity;
        if (state.Edits.MayEdit(product) && !old.NoEdit && old.Cancel == CancelPhase.None)
        {
            order.VenueSize = old.BaseFilled + old.Filled + order.Command.Quantity;
            state.Enqueue(
                in order, state.Edits.NeedsPreview(product) ? WireAction.EditPreview : WireAction.Edit);
        }
        else if (!state.Products.TakesOrders(product))
        {
            GiveUp(index, replaced, RejectReason.ProductState, nowNs);      // a stop that cannot come back stays
        }
        else
        {
            cancels.Want(ref old);
        }
    }

    /// <summary>
    /// Drops a cancel that nobody but the gateway asked for, when the stop that it takes away could not come back now.
    /// </summary>
    /// <returns>True when it was dropped; a move that it was for is given up.</returns>
    public bool TryKeepStop(int index, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        if (order.IsCancelOfEngine || order.Command.Purpose != OrderPurpose.Stop
            || state.Products.TakesOrders(order.Command.Product))
        {
            return false;
        }

        order.Cancel = CancelPhase.None;
        if (order.ReplacedBy != 0 && _book.Find(order.ReplacedBy) is >= 0 and int by)
        {
            GiveUp(by, index, RejectReason.ProductState, nowNs);
        }

        return true;
    }

    /// <summary>An order that was to be replaced is over: now the new one can be placed, if anything is left.</summary>
    public void OnOldEnded(int replaced, long nowNs)
    {
        ref VenueOrder old = ref _book[replaced];
        int index = _book.Find(old.ReplacedBy);
        long sold = old.Filled - old.FilledAtReplace;
        bool isSoldOut = old.Filled >= old.Command.Quantity || old.IsTriggered;
        old.ReplacedBy = 0;
        if (index < 0 || _book[index].Phase is not (OrderPhase.Replacing or OrderPhase.ReadBack or OrderPhase.Unknown))
        {
            return;
        }

        ref VenueOrder order = ref _book[index];
        (order.EditSize, order.IsEditInFlight) = (0, false);      // what is over is not edited any more
        if (order.IsCancelOfEngine)
        {
            _book.Finish(index, ReportKind.Cancelled, RejectReason.None, byProof: true, nowNs);
            return;
        }

        order.VenueSize = order.Command.Quantity - sold;
        if (isSoldOut || order.VenueSize <= 0)
        {
            Refuse(index, nowNs);
            return;
        }

        order.Phase = OrderPhase.Queued;
        order.WasLost = false;      // no create of it was ever sent: what was lost was an edit of the one that is over
        order.LookAtNs = long.MaxValue;
        order.Attempts = 0;
        state.Enqueue(in order, WireAction.Create);
    }

    public void OnPreview(int index, in OrderAnswer answer, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        if (order.Phase != OrderPhase.Replacing)
        {
            return;
        }

        if (answer.Kind is AnswerKind.Accepted or AnswerKind.Same)
        {
            state.Edits.OnPreviewed(order.Command.Product);
            order.Attempts = 0;
            state.Enqueue(in order, WireAction.Edit);
        }
        else if (answer.Kind == AnswerKind.Unknown && order.Attempts >= MostAttempts)
        {
            state.Edits.TurnOff(order.Command.Product);
            BeginAgain(index, nowNs);
        }
        else if (answer.Kind == AnswerKind.Unknown)
        {
            Repeat(ref order, WireAction.EditPreview, nowNs);       // it asked for nothing
        }
        else
        {
            OnEditRefused(index, WireAction.EditPreview, in answer, nowNs);
        }
    }

    public void OnEdit(int index, in OrderAnswer answer, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        int replaced = _book.Find(order.Command.Replaces);
        order.IsEditInFlight = false;
        if (order.Phase != OrderPhase.Replacing || replaced < 0)
        {
            return;     // what was seen of the order was faster than the answer
        }

        bool isTaken = answer.Kind is AnswerKind.Accepted or AnswerKind.Same;
        if (isTaken && state.Edits.IsProven(order.Command.Product))
        {
            _book.MoveByEdit(replaced, index, nowNs);
        }
        else if (isTaken || answer.Kind == AnswerKind.Unknown)
        {
            if (!isTaken)
            {
                state.Counts.Lost++;
                order.WasLost = true;
                _book.Tell(index, ReportKind.Unknown, RejectReason.None, nowNs);
            }

            order.HasLeft = true;
            order.Phase = OrderPhase.ReadBack;
            order.DeadlineNs = nowNs + DeskState.Ns(state.Options.EditProof);
            DeskState.LookBy(ref order, nowNs + (EventTime.Second / 10));
        }
        else
        {
            OnEditRefused(index, WireAction.Edit, in answer, nowNs);
        }
    }

    /// <summary>The order that was edited was read back.</summary>
    /// <param name="index">The order as it is to be.</param>
    /// <param name="seen">What the venue has; its state was taken in already.</param>
    /// <param name="nowNs">Now, ns UTC.</param>
    public void OnReadBack(int index, CoinbaseOrder seen, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        int replaced = _book.Find(order.Command.Replaces);
        if (order.Phase != OrderPhase.ReadBack || replaced < 0)
        {
            return;
        }

        int product = order.Command.Product;
        bool tellsTerms = seen is { Status: VenueStatus.Open, StopPrice: > 0m, LimitPrice: > 0m, Size: > 0m };
        if (tellsTerms && OrderTerms.Match(state.Pairs[product].Product, in order, seen))
        {
            state.Edits.OnProven(product);
            _book.MoveByEdit(replaced, index, nowNs);
        }
        else if (nowNs < order.DeadlineNs)
        {
            DeskState.LookBy(ref order, nowNs + (EventTime.Second / 5));
        }
        else
        {
            // Taken and not carried out: this product's edits are not to be trusted. Lost: it may not have arrived.
            if (!order.WasLost)
            {
                state.Counts.Mismatches++;
                state.Edits.TurnOff(product);
            }

            order.Phase = OrderPhase.Replacing;
            _book[replaced].NoEdit = true;
            BeginAgain(index, nowNs);
        }
    }

    private void OnEditRefused(int index, WireAction action, in OrderAnswer answer, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        int replaced = _book.Find(order.Command.Replaces);
        switch (answer.Kind)
        {
            case not AnswerKind.Triggered when order.IsCancelOfEngine:
                GiveUp(index, replaced, RejectReason.OrderIsDone, nowNs);
                break;
            case AnswerKind.Limited or AnswerKind.NotSent when order.Attempts < MostAttempts:
                Repeat(ref order, action, nowNs);
                break;
            case AnswerKind.EditUnsupported:
                state.Edits.TurnOff(order.Command.Product);
                BeginAgain(index, nowNs);
                break;
            case AnswerKind.TooManyEdits when replaced >= 0:
                _book[replaced].NoEdit = true;
                BeginAgain(index, nowNs);
                break;
            case AnswerKind.Triggered when replaced >= 0:
                _book[replaced].IsTriggered = true;
                GiveUp(index, replaced, RejectReason.OrderIsDone, nowNs);
                break;
            case AnswerKind.NotOpen when replaced >= 0:
                OnRefusedAgain(index, replaced, RejectReason.OrderIsDone, nowNs);
                break;
            case AnswerKind.Refused when replaced >= 0 && answer.Reason != RejectReason.StopThroughMarket:
                OnRefusedAgain(index, replaced, answer.Reason, nowNs);
                break;
            default:
                GiveUp(index, replaced, answer.Reason, nowNs);
                break;
        }
    }

    // The engine asks for the same move again, so a venue that goes on refusing would hold the stop where it is for
    // good. What the product takes now is asked first: in a state that takes no orders the stop stays as it is. An
    // order that is over, whatever the answers said, is found so when it is cancelled.
    private void OnRefusedAgain(int index, int replaced, RejectReason reason, long nowNs)
    {
        ref VenueOrder old = ref _book[replaced];
        int product = old.Command.Product;
        old.EditRefusals++;
        if (old.EditRefusals < MostRefusals || state.AsksForProducts || !state.Products.TakesOrders(product))
        {
            state.AsksForProducts = true;
            GiveUp(index, replaced, reason, nowNs);
            return;
        }

        old.NoEdit = true;
        if (!state.Edits.HasEverWorked(product))
        {
            state.Edits.TurnOff(product);
        }

        BeginAgain(index, nowNs);
    }

    /// <summary>The order that was to be replaced stays what it is; the new one never comes to be.</summary>
    public void GiveUp(int index, int replaced, RejectReason reason, long nowNs)
    {
        if (replaced >= 0)
        {
            ref VenueOrder old = ref _book[replaced];
            old.ReplacedBy = 0;
            old.IsReplaceBegun = false;
            if (old is { IsDone: false, IsCancelOfEngine: false })
            {
                TellStays(replaced, nowNs);
            }
        }

        bool isWithdrawn = _book[index].IsCancelOfEngine;
        _book.Finish(
            index, isWithdrawn ? ReportKind.Cancelled : ReportKind.Rejected, isWithdrawn ? RejectReason.None : reason,
            byProof: true, nowNs);
    }

    /// <summary>
    /// The engine took back an order that was to take another's place: the other one is still there, and the engine,
    /// which believes it to be leaving, can cancel it by itself.
    /// </summary>
    public void OnWithdrawn(long sequence, long nowNs)
    {
        int index = _book.Find(sequence);
        int replaced = index < 0 ? -1 : _book.Find(_book[index].Command.Replaces);
        if (replaced < 0 || _book[replaced].ReplacedBy != sequence)
        {
            return;
        }

        ref VenueOrder old = ref _book[replaced];
        if (_book[index].IsEditOpen)
        {
            old.IsCancelOfEngine = true;        // whichever of the two it is by then, the venue's order leaves
            old.WasCancelAsked = true;
            cancels.Want(ref old);
            return;
        }

        if (!_book[index].IsDone)
        {
            return;
        }

        old.ReplacedBy = 0;
        old.IsReplaceBegun = false;
        if (old.Cancel != CancelPhase.None)
        {
            old.IsCancelOfEngine = true;        // it leaves in any case, now for the engine
        }
        else if (!old.IsDone && old.Phase != OrderPhase.Unknown)
        {
            TellStays(replaced, nowNs);
        }
    }

    // The engine counted it as leaving.
    private void TellStays(int index, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        DeskState.LookBy(ref order, nowNs);
        _book.Tell(index, ReportKind.CancelRejected, RejectReason.None, nowNs);
        if (order.IsTriggered)
        {
            _book.Tell(index, ReportKind.Triggered, RejectReason.None, nowNs);      // told again
        }
    }

    private void BeginAgain(int index, long nowNs)
    {
        int replaced = _book.Find(_book[index].Command.Replaces);
        if (replaced >= 0 && (_book[replaced].IsTriggered || _book[index].IsCancelOfEngine))
        {
            GiveUp(index, replaced, RejectReason.OrderIsDone, nowNs);
        }
        else if (replaced >= 0)
        {
            _book[replaced].IsReplaceBegun = false;
            Begin(replaced, nowNs);
        }
    }

    private static void Repeat(ref VenueOrder order, WireAction action, long nowNs)
    {
        order.Attempts++;
        DeskState.ResendLater(ref order, action, nowNs + DeskState.Backoff(order.Attempts));
    }

    private void Refuse(int index, long nowNs) =>
        _book.Finish(index, ReportKind.Rejected, RejectReason.OrderIsDone, byProof: true, nowNs);
}
