using System.Diagnostics;

namespace LowLatencyPortfolio.Persistence.Tests;

/// <summary>How long the writer may park.</summary>
public sealed class ChangeQueueTests
{
    /// <remarks>
    /// The writer computes what is left of a retry's time. Preempted, it may find that nothing is left: more than a
    /// millisecond too late was an endless wait, more than two an exception that gave the journal up for good.
    /// </remarks>
    [Theory]
    [InlineData(-1.5)]
    [InlineData(-25)]
    [InlineData(-0.4)]
    [InlineData(0)]
    public void A_time_that_is_over_is_neither_an_endless_wait_nor_a_fault(double milliseconds)
    {
        using ChangeQueue queue = new(lagLimit: TimeSpan.FromSeconds(1));
        Assert.False(queue.Park(TimeSpan.FromMilliseconds(milliseconds), static () => false));
    }

    [Fact]
    public void Less_than_a_millisecond_is_waited_for_instead_of_spun_through()
    {
        using ChangeQueue queue = new(lagLimit: TimeSpan.FromSeconds(1));
        long started = Stopwatch.GetTimestamp();
        for (int i = 0; i < 20; i++)
        {
            Assert.False(queue.Park(TimeSpan.FromMicroseconds(10), static () => false));
        }

        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(10));
    }
}
