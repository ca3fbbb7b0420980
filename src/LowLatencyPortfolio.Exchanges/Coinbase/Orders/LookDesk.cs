using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Which orders the venue must be asked about, and what follows when it does not know one.</summary>
/// <remarks>Thread: under the desk's lock. Source: an absence is proven by two looks some seconds apart.</remarks>
internal sealed class LookDesk(DeskState state)
{
    private const long AnswerNs = 10 * EventTime.Second;
    private const long MarginNs = EventTime.Minute;
    private const long EarlierMarginNs = EventTime.Day;

    /// <summary>
    /// How far the venue's clock may be behind ours before a look by name could begin after its order was made: half of
    /// what looks reach back.
    /// </summary>
    public static readonly TimeSpan SafeSkew = TimeSpan.FromTicks(MarginNs / 100 / 2);

    private readonly VenueOrderBook _book = state.Book;

    /// <summary>
    /// Takes the most urgent look that is due; unknown sells come first, what was proven absent last.
    /// </summary>
    /// <param name="ids">Names of the orders.</param>
    /// <param name="nowNs">Now, ns UTC.</param>
    /// <param name="isUrgentOnly">Only those of unknown sells.</param>
    public LookRequest? Next(ClientOrderIds ids, long nowNs, bool isUrgentOnly = false)
    {
        int best = -1;
        foreach (int index in _book.Live)
        {
            ref VenueOrder order = ref _book[index];
            if (order.LookAtNs <= nowNs && (best < 0 || (IsUrgent(in order) && !IsUrgent(in _book[best]))))
            {
                best = index;
            }
        }

        if (isUrgentOnly && (best < 0 || !IsUrgent(in _book[best])))
        {
            return null;
        }

        if (best < 0)
        {
            return state.Absent.Next(nowNs) is >= 0 and int absent ? RequestOf(in _book[absent], ids) : null;
        }

        ref VenueOrder chosen = ref _book[best];
        chosen.LookAtNs = nowNs + AnswerNs;     // if this look is lost, another follows
        chosen.AskedAtNs = nowNs;
        return RequestOf(in chosen, ids);
    }

    private LookRequest RequestOf(in VenueOrder chosen, ClientOrderIds ids)
    {
        VenueOrder asked = chosen;
        if (chosen.Phase == OrderPhase.ReadBack && _book.Find(chosen.Command.Replaces) is >= 0 and int replaced)
        {
            asked = _book[replaced];
        }

        // What an earlier start has sent is dated by a clock of which nothing is known any more.
        long sinceNs = chosen.Command.ReleasedAtNs - (asked.Epoch == ids.Epoch ? MarginNs : EarlierMarginNs);
        return new LookRequest(
            chosen.Sequence, asked.Id.IsEmpty ? null : asked.Id.ToString(), ids.Of(asked.Epoch, asked.ClientSequence),
            state.Pairs[chosen.Command.Product].ProductId,
            DateTimeOffset.UnixEpoch.AddTicks(Math.Max(sinceNs, 0) / 100),
            IsUrgent(in chosen) ? RequestPriority.Exit : RequestPriority.Query);
    }

    /// <summary>The look has been answered, and the order, if found, was taken in.</summary>
    public void OnFound(int index, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        order.AbsentSinceNs = 0;
        bool isAwaited = order.Cancel is CancelPhase.Queued or CancelPhase.InFlight
            || order.Phase == OrderPhase.Unknown || (order.IsSellAtOnce && !order.IsDone);
        order.LookAtNs = order.Phase == OrderPhase.ReadBack ? order.LookAtNs
            : isAwaited ? nowNs + EventTime.Second
            : long.MaxValue;
    }

    /// <summary>Nobody could be asked; again in a second.</summary>
    public void OnFailed(int index, long nowNs) => _book[index].LookAtNs = nowNs + EventTime.Second;

    /// <summary>The venue does not know the order.</summary>
    public void OnAbsent(int index, long nowNs)
    {
        ref VenueOrder order = ref _book[index];
        long proofNs = DeskState.Ns(state.Options.AbsenceProof);
        bool isFirst = order.AbsentSinceNs == 0;
        order.AbsentSinceNs = isFirst ? nowNs : order.AbsentSinceNs;
        bool isThrough = IsThroughMarket(in order);
        bool isProven = isThrough
            ? order.AskedAtNs >= order.RefusedAtNs
            : !isFirst && nowNs - order.AbsentSinceNs >= proofNs;
        if (order.Phase == OrderPhase.ReadBack)
        {
            // The order that was edited is gone, or about to be found gone: that lets this one be placed anew.
            order.AbsentSinceNs = 0;
            order.LookAtNs = nowNs + EventTime.Second;
            if (_book.Find(order.Command.Replaces) is >= 0 and int replaced && !_book[replaced].IsDone)
            {
                DeskState.LookBy(ref _book[replaced], nowNs);
            }
        }
        else if (!isProven)
        {
            order.LookAtNs = isThrough ? nowNs : order.AbsentSinceNs + proofNs;
        }
        else if (order.IsRefused && order.Id.IsEmpty)
        {
            _book.Finish(index, ReportKind.Rejected, order.Refusal, byProof: true, nowNs);
        }
        else if (!order.Id.IsEmpty || order.IsAcknowledged)
        {
            _book.Finish(index, ReportKind.Expired, RejectReason.None, byProof: true, nowNs);
        }
        else if (order.IsProtective && !order.IsRestored)
        {
            order.AbsentSinceNs = 0;        // its request is being repeated; that answers
            order.LookAtNs = nowNs + proofNs;
            order.ResendAtNs = Math.Min(order.ResendAtNs, nowNs);
            order.Resend = WireAction.Create;
        }
        else
        {
            _book.Finish(index, ReportKind.ProvenAbsent, RejectReason.None, byProof: true, nowNs);
            state.Absent.Add(order.Sequence, nowNs + AbsentOrders.LookedForNs, nowNs);
        }
    }

    /// <summary>
    /// A sell has ended: a stop of an earlier session that nobody has seen, and that was not repeated because that sell
    /// stood in for it, takes its place at once, if nothing else sells and it is for no more than that left over.
    /// </summary>
    /// <remarks>Its request is repeated under its own name: if it rests after all, that makes no second one.</remarks>
    public void OnSellEnded(in VenueOrder ended, long nowNs)
    {
        int newest = -1;
        foreach (int index in _book.Live)
        {
            ref VenueOrder order = ref _book[index];
            if (!order.IsSell || order.Command.Product != ended.Command.Product)
            {
                continue;
            }

            if (order.IsAcknowledged || !order.IsRestored || order.Phase != OrderPhase.Unknown)
            {
                return;
            }

            newest = newest < 0 || order.Sequence > _book[newest].Sequence ? index : newest;
        }

        if (newest < 0)
        {
            return;
        }

        ref VenueOrder unseen = ref _book[newest];
        if (unseen.Command.Purpose == OrderPurpose.Stop && unseen.Filled == 0
            && unseen.Command.Quantity <= ended.Command.Quantity - ended.Filled)
        {
            unseen.IsRestored = false;
            DeskState.ResendLater(ref unseen, WireAction.Create, nowNs);
        }
    }

    // Had the first request been taken, its repetition would have been answered with that order; that the price is
    // through the stop is said of a name that is not taken. A list asked for after that agrees: that is two looks, and
    // five seconds more would be spent naked in a falling market.
    private static bool IsThroughMarket(in VenueOrder order) =>
        order is { IsRefused: true, Refusal: RejectReason.StopThroughMarket, Id.IsEmpty: true };

    // What became of a sell decides what may be sold, or protected, next.
    private static bool IsUrgent(in VenueOrder order) =>
        order.IsSellAtOnce || (order.Phase is OrderPhase.Unknown or OrderPhase.ReadBack && order.IsSell);

    /// <summary>A complete list of the venue's open orders came; what was acknowledged after it was asked for may be
    /// missing in it.</summary>
    public void OnOpenOrders(IReadOnlySet<long> listed, long askedAtNs)
    {
        foreach (int index in state.Book.Live)
        {
            ref VenueOrder order = ref state.Book[index];
            if (order.Phase == OrderPhase.Working && order.Command.ReleasedAtNs < askedAtNs
                && !listed.Contains(order.Sequence))
            {
                DeskState.LookBy(ref order, askedAtNs);     // not proof; it is asked about by its id
            }
        }
    }
}
