using System.Diagnostics;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>Waits on a condition, never for a time.</summary>
internal static class Until
{
    private static readonly TimeSpan UsualDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks again and again until it is so.</summary>
    /// <param name="isSo">The condition.</param>
    /// <param name="what">What is waited for, for the failure.</param>
    /// <param name="describe">How things stand, for the failure.</param>
    /// <param name="atMost">How long it is waited for; null for a minute.</param>
    public static async Task TrueAsync(
        Func<Task<bool>> isSo, string what, Func<Task<string>>? describe = null, TimeSpan? atMost = null)
    {
        TimeSpan deadline = atMost ?? UsualDeadline;
        long begun = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(begun) > deadline)
            {
                string state = describe is null ? string.Empty : await describe();
                Assert.Fail($"after {deadline.TotalSeconds} s not so: {what}\n{state}");
            }

            await Task.Delay(Between);
        }
    }
}
