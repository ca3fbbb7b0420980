namespace LowLatencyPortfolio.Exchanges;

/// <summary>
/// UTC that never goes back: set by the machine's clock at the first look, carried on by its timestamps. What lasts ten
/// seconds lasts ten seconds, whatever is done to the machine's clock meanwhile.
/// </summary>
/// <remarks>
/// When the machine's clock turns out to be ahead, as after a suspension, time moves forward with it: that much has
/// passed. When it turns out to be behind, time goes on by the timestamps and loses one part in a hundred until the two
/// agree; whoever must know whether time is right asks the venue (<see cref="Coinbase.VenueClock"/>). Give engine and
/// gateway the same one. Thread: any; nobody waits, but for the moment in which the course changes. Allocation: none.
/// Cost: that of a timestamp; the machine's clock is looked at ten times a second.
/// </remarks>
public sealed class SteadyClock : TimeProvider
{
    private const long JumpTicks = TimeSpan.TicksPerSecond;
    private const long LeastTicks = TimeSpan.TicksPerMillisecond;
    private const int LostPart = 100;

    private readonly TimeProvider _machine;
    private readonly Lock _checking = new();
    private readonly long _period;

    // A sequence lock: odd while the course changes, 0 before the first look.
    private int _version;
    private long _fromStamp;
    private long _fromTicks;
    private bool _isSlow;

    private long _checkAt;
    private long _aheadTicks;
    private long _jumps;

    /// <summary>Makes a clock; it is set when somebody first asks it.</summary>
    /// <param name="machine">
    /// Its UTC may jump; its timestamps must not go back, and are what durations are measured by.
    /// </param>
    public SteadyClock(TimeProvider machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        _machine = machine;
        _period = Math.Max(1, machine.TimestampFrequency / 10);
    }

    /// <summary>
    /// How often the machine's clock was found to have jumped by more than a second, either way; any thread.
    /// </summary>
    public long Jumps => Interlocked.Read(ref _jumps);

    /// <inheritdoc/>
    public override long TimestampFrequency => _machine.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _machine.LocalTimeZone;

    /// <summary>A steady clock over another one.</summary>
    /// <param name="time">Any clock.</param>
    /// <returns>The clock itself when it is steady already.</returns>
    public static SteadyClock Over(TimeProvider time) => time as SteadyClock ?? new SteadyClock(time);

    /// <summary>The machine's own clock, for what others compare with theirs, such as the life of a token.</summary>
    /// <param name="time">Any clock.</param>
    /// <returns>What a steady clock was made of; any other clock itself.</returns>
    public static TimeProvider WallOf(TimeProvider time) => time is SteadyClock steady ? steady._machine : time;

    /// <inheritdoc/>
    public override long GetTimestamp() => _machine.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Now.</summary>
    /// <returns>UTC; on every thread at least what was returned to any thread before.</returns>
    public override DateTimeOffset GetUtcNow()
    {
        SpinWait spin = default;
        while (true)
        {
            int version = Volatile.Read(ref _version);
            if (version == 0)
            {
                Begin();
                continue;
            }

            long fromStamp = Volatile.Read(ref _fromStamp);
            long fromTicks = Volatile.Read(ref _fromTicks);
            bool isSlow = Volatile.Read(ref _isSlow);
            long stamp = _machine.GetTimestamp();
            if ((version & 1) != 0 || Volatile.Read(ref _version) != version)
            {
                spin.SpinOnce();
            }
            else if (stamp < Volatile.Read(ref _checkAt) || !TryCheck())
            {
                return new DateTimeOffset(TicksAt(stamp, fromStamp, fromTicks, isSlow), TimeSpan.Zero);
            }
        }
    }

    private long TicksAt(long stamp, long fromStamp, long fromTicks, bool isSlow)
    {
        long passed = _machine.GetElapsedTime(fromStamp, stamp).Ticks;
        return fromTicks + passed - (isSlow ? passed / LostPart : 0);
    }

    private void Begin()
    {
        lock (_checking)
        {
            if (_version == 0)
            {
                _fromTicks = _machine.GetUtcNow().UtcTicks;
                _fromStamp = _machine.GetTimestamp();
                _checkAt = _fromStamp + _period;
                Volatile.Write(ref _version, 2);
            }
        }
    }

    /// <returns>False when another thread is at it: whoever asks goes on with the course there is.</returns>
    private bool TryCheck()
    {
        if (!_checking.TryEnter())
        {
            return false;
        }

        try
        {
            Check();
            return true;
        }
        finally
        {
            _checking.Exit();
        }
    }

    // Only what the time of looking cannot explain counts, so that a thread that was held up in between is no jump.
    private void Check()
    {
        long before = TicksAt(_machine.GetTimestamp(), _fromStamp, _fromTicks, _isSlow);
        long wall = _machine.GetUtcNow().UtcTicks;
        long stamp = _machine.GetTimestamp();
        long after = TicksAt(stamp, _fromStamp, _fromTicks, _isSlow);
        long aheadTicks = wall > after ? wall - after : wall < before ? wall - before : 0;
        if (Math.Abs(aheadTicks - _aheadTicks) > JumpTicks)
        {
            _ = Interlocked.Increment(ref _jumps);
        }

        bool isSlow = aheadTicks <= -LeastTicks || (_isSlow && aheadTicks < 0);
        if (aheadTicks >= LeastTicks || isSlow != _isSlow)
        {
            Change(Math.Max(aheadTicks, 0), isSlow);
        }

        _aheadTicks = Math.Min(aheadTicks, 0);
        Volatile.Write(ref _checkAt, stamp + _period);
    }

    // The new course begins where the old one is at a timestamp taken while nobody can use either.
    private void Change(long forwardTicks, bool isSlow)
    {
        _ = Interlocked.Increment(ref _version);
        long stamp = _machine.GetTimestamp();
        long ticks = TicksAt(stamp, _fromStamp, _fromTicks, _isSlow) + forwardTicks;
        Volatile.Write(ref _fromStamp, stamp);
        Volatile.Write(ref _fromTicks, ticks);
        Volatile.Write(ref _isSlow, isSlow);
        _ = Interlocked.Increment(ref _version);
    }
}
