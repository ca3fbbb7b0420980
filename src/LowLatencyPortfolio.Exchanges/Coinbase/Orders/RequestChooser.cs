namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Which of the requests that wait leaves next, and which cancels leave with it.</summary>
/// <remarks>Thread: under the desk's lock. Allocation: none.</remarks>
internal sealed class RequestChooser(DeskState state, RequestBudget budget, ReplaceDesk replaces)
{
    private static readonly TimeSpan s_afterRefusal = TimeSpan.FromSeconds(5);

    /// <summary>Takes the first of the highest priority that has any, if the budget lets it leave.</summary>
    /// <param name="nowNs">Now, ns UTC.</param>
    /// <param name="batch">Where cancels that leave together are listed; null sends each alone.</param>
    /// <param name="last">The least important that may be taken.</param>
    /// <param name="request">The request when true.</param>
    /// <param name="wait">Shortened to the time until there may be a token.</param>
    public bool TryChoose(
        long nowNs, CancelBatch? batch, RequestPriority last, out WireRequest request, ref TimeSpan wait)
    {
        for (RequestPriority priority = 0; priority <= last; priority++)
        {
            while (state.Lanes.TryPeek(priority, state, out (long Sequence, WireAction Action) first))
            {
                if (!TryPrepare(first, nowNs, out request))
                {
                    state.Lanes.RemoveFirst(priority);
                    continue;
                }

                if (state.Turns.IsMove(first.Sequence, first.Action) && !MayMove(priority, first, nowNs, ref wait))
                {
                    break;      // what is behind it is worth less
                }

                if (!budget.TryTake(priority, out TimeSpan untilToken))
                {
                    wait = untilToken < wait ? untilToken : wait;
                    return false;       // those behind it get no token either
                }

                state.Lanes.RemoveFirst(priority);
                request.Priority = priority;
                RequestPreparation.MarkSent(state, in request, nowNs);
                if (request.Action == WireAction.Cancel && batch is not null)
                {
                    Gather(ref request, batch, nowNs);
                }

                return true;
            }
        }

        request = default;
        return false;
    }

    /// <summary>Takes in what an answer says of the key: while it is refused, requests leave more slowly.</summary>
    public void FollowKey(AnswerKind kind, long nowNs)
    {
        if (kind == AnswerKind.NotAuthorized)
        {
            state.Counts.NotAuthorized++;
            state.Health.SetKeyRefused(true, nowNs);
            budget.Hold(s_afterRefusal);      // no storm of requests that cannot succeed
        }
        else if (kind is AnswerKind.Accepted or AnswerKind.Refused)
        {
            state.Health.SetKeyRefused(false, nowNs);
        }
    }

    // A move whose level may be old is handed back when its turn has come; what leaves is what the engine decides then.
    private bool MayMove(
        RequestPriority priority, (long Sequence, WireAction Action) first, long nowNs, ref TimeSpan wait)
    {
        if (!state.Turns.IsAwaiting(nowNs, out TimeSpan left))
        {
            if (!state.Turns.IsLate(first.Sequence, first.Action, nowNs) || !budget.HasToken(priority, out _))
            {
                return true;
            }

            state.Lanes.RemoveFirst(priority);
            state.Turns.HandBack(first.Sequence, first.Action, nowNs);
            _ = state.Turns.IsAwaiting(nowNs, out left);
        }

        wait = left < wait ? left : wait;
        return false;
    }

    // A product may have closed while a cancel waited for its turn.
    private bool TryPrepare((long Sequence, WireAction Action) first, long nowNs, out WireRequest request) =>
        RequestPreparation.TryPrepare(state, first.Sequence, first.Action, out request)
            && !(first.Action == WireAction.Cancel && replaces.TryKeepStop(state.Book.Find(first.Sequence), nowNs));

    // One request cancels them all, so those that follow cost nothing.
    private void Gather(ref WireRequest request, CancelBatch batch, long nowNs)
    {
        batch.Clear();
        batch.Add(request.Order.Sequence, in request.Target);
        request.Batch = batch;
        while (batch.HasRoom
            && state.Lanes.TryPeek(request.Priority, state, out (long Sequence, WireAction Action) next)
            && next.Action == WireAction.Cancel && !state.Turns.IsLate(next.Sequence, next.Action, nowNs))
        {
            state.Lanes.RemoveFirst(request.Priority);
            if (TryPrepare(next, nowNs, out WireRequest other))
            {
                RequestPreparation.MarkSent(state, in other, nowNs);
                batch.Add(next.Sequence, in other.Target);
            }
        }
    }
}
