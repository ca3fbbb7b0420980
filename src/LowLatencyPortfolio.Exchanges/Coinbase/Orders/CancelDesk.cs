using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>What follows from a wish to cancel and from its answer.</summary>
/// <remarks>
/// Thread: under the desk's lock. The venue's "success" only means that the cancel is queued; the order's end proves
/// it.
/// </remarks>
internal sealed class CancelDesk(DeskState state)
{
    private const int MostAttempts = 4;

    private readonly VenueOrderBook _book = state.Book;

    /// <summary>The engine wants an order cancelled.</summary>
    public void Ask(in OrderCommand command, long nowNs)
    {
        int index = _book.Find(command.Sequence);
        if (index < 0 || _book[index].IsDone)
        {
            VenueOrder gone = index < 0 ? new VenueOrder { Command = command } : _book[index];
            state.Reports.Add(ReportKind.CancelRejected, in gone, nowNs).Reason = RejectReason.OrderIsDone;
            return;
        }

        ref VenueOrder order = ref _book[index];
        order.IsCancelOfEngine = true;
        order.WasCancelAsked = true;
        if (IsUnsent(in order))
        {
            _book.Finish(index, ReportKind.Cancelled, RejectReason.None, byProof: true, nowNs);
            return;
        }

        Want(ref order);
        if (order.IsSellAtOnce && order.IsAcknowledged)
        {
            DeskState.LookBy(ref order, nowNs);     // it may have ended without a word
        }
    }

    /// <summary>Cancels entries that have waited for longer than their pair allows.</summary>
    public void EndLongWaits(long nowNs)
    {
        foreach (int index in _book.Live)
        {
            ref VenueOrder order = ref _book[index];
            long longestNs = state.Pairs[order.Command.Product].Config.MaxEntryWaitCandles
                * DeskState.Ns(state.Options.Candle);
            if (order.Command.Purpose == OrderPurpose.Entry && order.Phase == OrderPhase.Working
                && nowNs - order.Command.ReleasedAtNs >= longestNs)
            {
                Want(ref order);
            }
        }
    }

    /// <summary>Puts the cancel in line as soon as the venue's id is known.</summary>
    public void Want(ref VenueOrder order)
    {
        if (order.Cancel != CancelPhase.None)
        {
            return;
        }

        order.Cancel = CancelPhase.Wanted;
        order.Attempts = 0;
        if (!order.Id.IsEmpty && order.Phase == OrderPhase.Working)
        {
            state.Enqueue(in order, WireAction.Cancel);
        }
    }

    public void OnAnswer(int index, in OrderAnswer answer, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        if (order.IsDone)
        {
            return;
        }

        if (order.ReplacedBy != 0 && _book.Find(order.ReplacedBy) is >= 0 and int move)
        {
            MarkLeft(ref _book[move], answer.Kind);
        }

        switch (answer.Kind)
        {
            case AnswerKind.Accepted:
                order.Cancel = CancelPhase.Queued;
                DeskState.LookBy(ref order, nowNs + EventTime.Second);
                break;
            case AnswerKind.Limited:
            case AnswerKind.NotSent or AnswerKind.Unknown when order.Attempts < MostAttempts:
                Repeat(ref order, nowNs);       // cancelling twice does no harm
                break;
            case AnswerKind.NotSent or AnswerKind.Unknown:
                Doubt(index, nowNs);
                break;
            default:
                Refuse(index, in answer, nowNs);
                break;
        }
    }

    // What the venue certainly did not carry out has not begun: the stop still rests.
    private static void MarkLeft(ref VenueOrder move, AnswerKind kind)
    {
        move.HasLeft |= kind is not (AnswerKind.Limited or AnswerKind.NotSent);
        move.MoveBegunNs = move.HasLeft ? move.MoveBegunNs : 0;
    }

    private static bool IsUnsent(in VenueOrder order) => order.Phase is OrderPhase.Queued or OrderPhase.Replacing
        && order is { WasLost: false, Id.IsEmpty: true, IsEditInFlight: false };

    private static void Repeat(ref VenueOrder order, long nowNs)
    {
        order.Attempts++;
        order.Cancel = CancelPhase.Wanted;
        DeskState.ResendLater(ref order, WireAction.Cancel, nowNs + DeskState.Backoff(order.Attempts));
        DeskState.LookBy(ref order, nowNs + (EventTime.Second / 2));
    }

    private void Doubt(int index, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        state.Counts.Lost++;
        order.Phase = OrderPhase.Unknown;
        order.Cancel = CancelPhase.Wanted;      // once it is found again, so is the wish
        _book.Tell(index, ReportKind.Unknown, RejectReason.None, nowNs);
        DeskState.LookBy(ref order, nowNs);
    }

    private void Refuse(int index, in OrderAnswer answer, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        bool isNotOpen = answer.Kind == AnswerKind.NotOpen;
        order.Cancel = CancelPhase.None;
        order.Attempts++;
        DeskState.LookBy(ref order, nowNs + DeskState.Backoff(order.Attempts));     // what it became is there to read
        if (order.IsCancelOfEngine || (order.ReplacedBy != 0 && !isNotOpen))
        {
            RejectReason reason = isNotOpen ? RejectReason.OrderIsDone : RejectReason.None;
            _book.Tell(index, ReportKind.CancelRejected, reason, nowNs);
        }

        order.IsCancelOfEngine = false;
        order.IsReplaceBegun = false;       // found open, its replacement begins again
        if (order.ReplacedBy != 0 && !isNotOpen && _book.Find(order.ReplacedBy) is >= 0 and int by
            && !_book[by].IsEditOpen)
        {
            order.ReplacedBy = 0;
            _book.Finish(by, ReportKind.Rejected, RejectReason.None, byProof: true, nowNs);
        }
    }
}
