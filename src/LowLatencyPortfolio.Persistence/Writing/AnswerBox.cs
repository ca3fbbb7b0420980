namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// Answers to intents, oldest first, from the writer (and, for a dropped intent, from Dispatch) to one taker.
/// </summary>
/// <remarks>
/// Any thread; one short lock, taken only when an intent is answered or an answer is waiting. Allocation: only to grow.
/// </remarks>
internal sealed class AnswerBox
{
    private readonly Lock _gate = new();
    private readonly Queue<IntentAnswer> _answers = new(1_024);
    private long _outstanding;
    private int _waiting;

    /// <summary>Intents appended whose answer is not in the box yet.</summary>
    public long Outstanding => Volatile.Read(ref _outstanding);

    public void Expect() => Interlocked.Increment(ref _outstanding);

    /// <summary>Puts the answer in, then lowers <see cref="Outstanding"/>: who sees 0 also sees every answer.</summary>
    public void Put(in IntentAnswer answer)
    {
        lock (_gate)
        {
            _answers.Enqueue(answer);
            Volatile.Write(ref _waiting, _answers.Count);
        }

        _ = Interlocked.Decrement(ref _outstanding);
    }

    public bool TryTake(out IntentAnswer answer)
    {
        if (Volatile.Read(ref _waiting) == 0)
        {
            answer = default;
            return false;
        }

        lock (_gate)
        {
            bool taken = _answers.TryDequeue(out answer);
            Volatile.Write(ref _waiting, _answers.Count);
            return taken;
        }
    }
}
