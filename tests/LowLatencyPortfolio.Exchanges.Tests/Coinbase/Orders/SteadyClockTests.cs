namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

public sealed class SteadyClockTests
{
    private readonly ManualTime _machine = new();
    private readonly SteadyClock _clock;

    public SteadyClockTests() => _clock = new SteadyClock(_machine);

    [Fact]
    public void It_is_set_when_it_is_first_asked_and_runs_with_the_machine()
    {
        _machine.Set(TimeSpan.FromMinutes(-7));
        Assert.Equal(_machine.GetUtcNow(), _clock.GetUtcNow());
        for (int i = 0; i < 100; i++)
        {
            _machine.Advance(TimeSpan.FromMilliseconds(37));
            Assert.Equal(_machine.GetUtcNow(), _clock.GetUtcNow());
        }

        Assert.Equal(0, _clock.Jumps);
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(-600)]
    [InlineData(-2400)]
    [InlineData(-86_400)]
    public void Durations_are_those_of_the_timestamps_when_the_clock_is_set_back(int seconds)
    {
        DateTimeOffset begun = _clock.GetUtcNow();
        _machine.Set(TimeSpan.FromSeconds(seconds));
        Assert.Equal(begun, _clock.GetUtcNow());
        DateTimeOffset before = begun;
        for (int i = 1; i <= 60; i++)
        {
            _machine.Advance(TimeSpan.FromSeconds(1));
            DateTimeOffset now = _clock.GetUtcNow();
            Assert.InRange(now - before, TimeSpan.FromSeconds(0.99), TimeSpan.FromSeconds(1));
            before = now;
        }

        Assert.Equal(1, _clock.Jumps);
    }

    [Fact]
    public void What_it_is_ahead_is_lost_little_by_little_and_it_then_runs_with_the_machine_again()
    {
        _ = _clock.GetUtcNow();
        _machine.Set(TimeSpan.FromSeconds(-0.5));
        Pass(seconds: 48);
        Assert.True(_clock.GetUtcNow() > _machine.GetUtcNow());
        Pass(seconds: 10);
        TimeSpan apart = (_clock.GetUtcNow() - _machine.GetUtcNow()).Duration();
        Assert.InRange(apart, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
        Assert.Equal(0, _clock.Jumps);
    }

    [Fact]
    public void It_moves_forward_with_the_machine_after_a_suspension_and_not_back_again()
    {
        DateTimeOffset begun = _clock.GetUtcNow();
        _machine.Set(TimeSpan.FromMinutes(40));
        Pass(seconds: 1);
        Assert.Equal(_machine.GetUtcNow(), _clock.GetUtcNow());
        Assert.Equal(1, _clock.Jumps);
        _machine.Set(TimeSpan.FromMinutes(-40));
        Pass(seconds: 1);
        Assert.InRange(_clock.GetUtcNow() - begun, TimeSpan.FromSeconds(2400 + 1.99), TimeSpan.FromSeconds(2402));
        Assert.Equal(2, _clock.Jumps);
        _machine.Set(TimeSpan.FromMinutes(40));
        Pass(seconds: 1);
        Assert.Equal(3, _clock.Jumps);
    }

    [Fact]
    public void Timestamps_and_the_machine_s_own_time_are_passed_on()
    {
        _ = _clock.GetUtcNow();
        _machine.Set(TimeSpan.FromMinutes(-40));
        Assert.Equal(_machine.GetTimestamp(), _clock.GetTimestamp());
        Assert.Equal(_machine.TimestampFrequency, _clock.TimestampFrequency);
        Assert.Equal(_machine.GetUtcNow(), SteadyClock.WallOf(_clock).GetUtcNow());
        Assert.Same(_machine, SteadyClock.WallOf(_machine));
        Assert.Same(_clock, SteadyClock.Over(_clock));
    }

    [Fact]
    public async Task No_thread_sees_it_go_back_while_the_machine_s_clock_jumps_about()
    {
        HastyTime machine = new();
        SteadyClock clock = new(machine);
        long newest = 0;
        long jumps = 0;
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 40_000; i++)
            {
                long before = Interlocked.Read(ref newest);
                long now = clock.GetUtcNow().UtcTicks;
                Assert.True(now >= before, $"{before - now} ticks back");
                while (now > before && Interlocked.CompareExchange(ref newest, now, before) is var seen
                    && seen != before)
                {
                    before = seen;
                }

                if (i % 1_000 == 0)
                {
                    machine.Set(TimeSpan.FromSeconds((Interlocked.Increment(ref jumps) * 7_919 % 61) - 30));
                }
            }
        })));
        Assert.True(clock.Jumps > 0);
    }

    private void Pass(int seconds)
    {
        for (int i = 0; i < seconds * 10; i++)
        {
            _machine.Advance(TimeSpan.FromMilliseconds(100));
            _ = _clock.GetUtcNow();
        }
    }

    /// <summary>Each look at its timestamps takes a millisecond.</summary>
    private sealed class HastyTime : TimeProvider
    {
        private long _ticks = TimeSpan.TicksPerDay;
        private long _setTicks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Add(ref _ticks, TimeSpan.TicksPerMillisecond);

        public override DateTimeOffset GetUtcNow() =>
            new(GetTimestamp() + TimeSpan.TicksPerDay + Interlocked.Read(ref _setTicks), TimeSpan.Zero);

        public void Set(TimeSpan aside) => Interlocked.Exchange(ref _setTicks, aside.Ticks);
    }
}
