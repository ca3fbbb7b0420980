namespace LowLatencyPortfolio.RingBuffer.Tests;

internal static class Eventually
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Waits on a condition, and fails the test when it does not come true in time.</summary>
    public static void True(Func<bool> condition) =>
        Assert.True(SpinWait.SpinUntil(condition, Deadline), "The condition did not come true in time.");

    /// <summary>Runs on a thread of its own; an exception is thrown again by <see cref="Join"/>.</summary>
    public static Task Thread(Action body) =>
        Task.Factory.StartNew(body, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public static void Join(params Task[] threads) =>
        Task.WhenAll(threads).WaitAsync(Deadline).GetAwaiter().GetResult();
}
