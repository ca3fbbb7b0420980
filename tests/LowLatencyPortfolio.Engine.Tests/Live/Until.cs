using System.Diagnostics;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>Waits for conditions with a deadline: a test waits as long as it has to and not longer.</summary>
internal static class Until
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static async Task True(Func<bool> condition, string what)
    {
        long begun = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < Deadline, $"not within {Deadline.TotalSeconds} s: {what}");
            await Task.Delay(1);
        }
    }

    public static Task Done(Task task) => task.WaitAsync(Deadline);

    public static Task<T> Done<T>(Task<T> task) => task.WaitAsync(Deadline);
}
