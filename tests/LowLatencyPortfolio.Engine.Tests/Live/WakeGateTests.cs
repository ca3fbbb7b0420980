namespace LowLatencyPortfolio.Engine.Tests;

public sealed class WakeGateTests
{
    [Fact]
    public async Task A_wake_that_comes_between_the_last_look_and_the_sleep_is_not_lost()
    {
        using WakeGate gate = new();
        gate.Wake();
        gate.Wake();
        await Until.Done(Task.Run(() => gate.Sleep(Timeout.InfiniteTimeSpan)));
    }

    [Fact]
    public async Task A_wake_is_used_up_by_the_sleep_that_it_ended()
    {
        using WakeGate gate = new();
        gate.Wake();
        await Until.Done(Task.Run(() => gate.Sleep(Timeout.InfiniteTimeSpan)));
        Task asleep = Task.Run(() => gate.Sleep(Timeout.InfiniteTimeSpan));
        Assert.False(asleep.IsCompleted);
        gate.Wake();
        await Until.Done(asleep);
    }

    [Fact]
    public async Task Nothing_that_anybody_tells_waits_for_somebody_elses_wake()
    {
        const int Rounds = 5_000;
        using WakeGate gate = new();
        int told = 0;
        int seen = 0;
        // Each round is told only when the one before was seen: a lost wake would leave both waiting for ever.
        Task teller = Task.Run(() =>
        {
            SpinWait spin = default;
            for (int round = 1; round <= Rounds; round++)
            {
                Volatile.Write(ref told, round);
                gate.Wake();
                while (Volatile.Read(ref seen) != round)
                {
                    spin.SpinOnce(sleep1Threshold: -1);
                }
            }
        });
        Task sleeper = Task.Run(() =>
        {
            while (seen < Rounds)
            {
                if (Volatile.Read(ref told) == seen)
                {
                    gate.Sleep(Timeout.InfiniteTimeSpan);
                    continue;
                }

                Volatile.Write(ref seen, seen + 1);
            }
        });
        await Until.Done(Task.WhenAll(teller, sleeper));
    }
}
