namespace LowLatencyPortfolio.Engine;

/// <summary>Completes the tasks of those who wait until their event has passed the stages.</summary>
/// <remarks>Thread: the engine's. Continuations run elsewhere: the tasks are made with that option.</remarks>
internal sealed class PassWatch
{
    private readonly Queue<(long Sequence, TaskCompletionSource Passed)> _waiting = [];

    public bool Any => _waiting.Count > 0;

    /// <param name="sequence">Ring sequence of the event; never below an earlier one.</param>
    /// <param name="passed">Completed when it has passed; null when nobody waits.</param>
    public void Add(long sequence, TaskCompletionSource? passed)
    {
        if (passed is not null)
        {
            _waiting.Enqueue((sequence, passed));
        }
    }

    /// <summary>Completes what has passed.</summary>
    /// <param name="handled">Sequence of the newest event that has passed all stages.</param>
    public void Complete(long handled)
    {
        while (_waiting.TryPeek(out (long Sequence, TaskCompletionSource Passed) first) && first.Sequence <= handled)
        {
            _ = _waiting.Dequeue();
            _ = first.Passed.TrySetResult();
        }
    }

    public void Abandon(Exception cause)
    {
        while (_waiting.TryDequeue(out (long Sequence, TaskCompletionSource Passed) first))
        {
            _ = first.Passed.TrySetException(cause);
        }
    }
}
