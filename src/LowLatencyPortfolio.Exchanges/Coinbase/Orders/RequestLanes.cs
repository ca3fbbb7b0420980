namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Requests that wait, a queue for each priority.</summary>
/// <remarks>Thread: under the desk's lock. Allocation: none while a queue holds fewer than ever before.</remarks>
internal sealed class RequestLanes
{
    /// <summary>Number of priorities.</summary>
    public const int Count = 5;

    private readonly Queue<(long Sequence, WireAction Action)>[] _lanes =
        [.. Enumerable.Range(0, Count).Select(_ => new Queue<(long, WireAction)>(256))];

    public bool IsEmpty
    {
        get
        {
            foreach (Queue<(long, WireAction)> lane in _lanes)
            {
                if (lane.Count > 0)
                {
                    return false;
                }
            }

            return true;
        }
    }

    public void Add(RequestPriority priority, long sequence, WireAction action) =>
        _lanes[(int)priority].Enqueue((sequence, action));

    /// <summary>Looks at the first of one priority; of stops and cancels, at the one that is worth most.</summary>
    public bool TryPeek(RequestPriority priority, DeskState state, out (long Sequence, WireAction Action) first)
    {
        if (priority is RequestPriority.Stop or RequestPriority.Cancel)
        {
            BringForward(priority, state);
        }

        return _lanes[(int)priority].TryPeek(out first);
    }

    public void RemoveFirst(RequestPriority priority) => _ = _lanes[(int)priority].Dequeue();

    // Of equals the one that has waited longest.
    private void BringForward(RequestPriority priority, DeskState state)
    {
        Queue<(long Sequence, WireAction Action)> lane = _lanes[(int)priority];
        if (lane.Count < 2)
        {
            return;
        }

        int best = 0;
        int place = 0;
        Int128 most = Int128.MinValue;
        foreach ((long sequence, WireAction action) in lane)
        {
            Int128 worth = StopPlanner.WorthOf(state, sequence, action);
            if (worth > most)
            {
                most = worth;
                best = place;
            }

            place++;
        }

        MoveToFront(lane, best);
    }

    private static void MoveToFront(Queue<(long Sequence, WireAction Action)> lane, int place)
    {
        if (place == 0)
        {
            return;
        }

        (long Sequence, WireAction Action) chosen = default;
        for (int i = lane.Count - 1, at = 0; i >= 0; i--, at++)
        {
            (long Sequence, WireAction Action) next = lane.Dequeue();
            if (at == place)
            {
                chosen = next;
            }
            else
            {
                lane.Enqueue(next);
            }
        }

        lane.Enqueue(chosen);
        for (int i = lane.Count - 1; i > 0; i--)
        {
            lane.Enqueue(lane.Dequeue());
        }
    }
}
