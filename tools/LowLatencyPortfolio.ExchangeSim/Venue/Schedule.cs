namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>What is due when, in venue time; equal times run in the order they were added. Not thread-safe.</summary>
internal sealed class Schedule
{
    private readonly PriorityQueue<Action, (long DueNs, long Order)> _queue = new();
    private long _order;

    public long? NextDueNs => _queue.TryPeek(out _, out var key) ? key.DueNs : null;

    public void At(long dueNs, Action action) => _queue.Enqueue(action, (dueNs, _order++));

    public bool TryTake(long untilNs, out long dueNs, out Action action)
    {
        dueNs = 0;
        action = static () => { };
        if (!_queue.TryPeek(out var next, out var key) || key.DueNs > untilNs)
            return false;
        _queue.Dequeue();
        dueNs = key.DueNs;
        action = next;
        return true;
    }
}
