using System.Collections.Concurrent;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Who waits for the answer to which entry, by the source number that travels with it through the ring.
/// </summary>
/// <remarks>Thread: any. An answer is given on Dispatch's thread: it completes a task and formats nothing.</remarks>
internal sealed class EntryCallers
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<(RiskVerdict Verdict, long Sequence)>> _waiting =
        new();
    private int _last;

    public int Count => _waiting.Count;

    public (int Source, Task<(RiskVerdict Verdict, long Sequence)> Answer) Add()
    {
        TaskCompletionSource<(RiskVerdict, long)> caller = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int source;
        do
        {
            source = Interlocked.Increment(ref _last) & int.MaxValue;
        }
        while (source == 0 || !_waiting.TryAdd(source, caller));     // 0 means that nobody waits

        return (source, caller.Task);
    }

    public void Answer(int source, RiskVerdict verdict, long sequence)
    {
        if (_waiting.TryRemove(source, out TaskCompletionSource<(RiskVerdict, long)>? caller))
        {
            _ = caller.TrySetResult((verdict, sequence));
        }
    }

    public void Forget(int source) => _ = _waiting.TryRemove(source, out _);

    public void FailAll(Exception cause)
    {
        foreach (int source in _waiting.Keys)
        {
            if (_waiting.TryRemove(source, out TaskCompletionSource<(RiskVerdict, long)>? caller))
            {
                _ = caller.TrySetException(cause);
            }
        }
    }
}
