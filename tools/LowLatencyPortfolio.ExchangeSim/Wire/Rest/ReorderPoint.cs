using LowLatencyPortfolio.ExchangeSim.Faults;

namespace LowLatencyPortfolio.ExchangeSim.Wire.Rest;

/// <summary>Where a request waits until the next one of its kind has been answered.</summary>
/// <remarks>Thread: any.</remarks>
internal sealed class ReorderPoint
{
    private readonly Lock _lock = new();
    private readonly Dictionary<FaultTarget, TaskCompletionSource> _waiting = [];

    /// <summary>Waits.</summary>
    /// <param name="target">Kind of request.</param>
    /// <param name="milliseconds">At most so long.</param>
    /// <param name="aborted">The client went away.</param>
    /// <returns>When another request passed, the time is over or the client is gone.</returns>
    public async Task WaitAsync(FaultTarget target, int milliseconds, CancellationToken aborted)
    {
        TaskCompletionSource passed;
        lock (_lock)
        {
            if (!_waiting.TryGetValue(target, out passed!))
            {
                passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting[target] = passed;
            }
        }

        await Task.WhenAny(passed.Task, Task.Delay(milliseconds, aborted));
    }

    /// <summary>Lets those who wait go on.</summary>
    /// <param name="target">Kind of request that was answered.</param>
    public void Release(FaultTarget target)
    {
        lock (_lock)
        {
            if (_waiting.Remove(target, out TaskCompletionSource? passed))
            {
                passed.SetResult();
            }
        }
    }
}
