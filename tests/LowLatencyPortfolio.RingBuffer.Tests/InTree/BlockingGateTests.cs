using System.Diagnostics;
using Disruptor;

namespace LowLatencyPortfolio.RingBuffer.Tests;

public class BlockingGateTests
{
    /// <summary>
    /// Publishes within the microsecond in which the other thread goes from looking to sleeping. Without the sleeper's
    /// fence a wake-up is lost about once in 100,000 rounds.
    /// </summary>
    [Fact]
    public void A_publication_in_the_moment_of_falling_asleep_wakes()
    {
        const int Rounds = 40_000;
        var gate = new BlockingGate();
        var (cursor, read) = (new Sequence(), new Sequence());
        using var cancellation = new CancellationTokenSource();
        var sleeper = Eventually.Thread(() => ReadAll(gate, cursor, read, Rounds, cancellation.Token));
        var random = new Random(7);
        try
        {
            for (var round = 0L; round < Rounds; round++)
            {
                for (var pauses = random.Next(40); pauses > 0; pauses--)
                    CpuPause.Once();
                cursor.SetValue(round);
                gate.SignalAll();
                Assert.True(HasReached(read, round), $"A wake-up was lost in round {round}.");
            }
        }
        finally
        {
            cancellation.Cancel();
            gate.WakeSleepers();
        }

        Eventually.Join(sleeper);
    }

    /// <summary>Looks without yielding at first: to come late is to miss the moment.</summary>
    private static bool HasReached(Sequence read, long round)
    {
        var start = Stopwatch.GetTimestamp();
        for (var looks = 0; read.Value != round; looks++)
        {
            if (looks < 20_000)
                CpuPause.Once();
            else if (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5))
                Thread.Yield();
            else
                return false;
        }

        return true;
    }

    private static void ReadAll(
        BlockingGate gate, Sequence cursor, Sequence read, int rounds, CancellationToken cancellationToken)
    {
        var group = new DependentSequenceGroup(cursor);
        for (var round = 0L; round < rounds; round++)
        {
            gate.WaitForCursor(group, round, Timeout.Infinite, cancellationToken);
            read.SetValue(round);
        }
    }
}
