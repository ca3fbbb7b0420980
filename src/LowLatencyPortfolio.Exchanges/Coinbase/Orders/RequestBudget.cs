namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// How many requests may leave: a bucket of tokens of which the last ones are kept for exits, made smaller and slower
/// by what the venue says.
/// </summary>
/// <remarks>
/// Thread: any; every member takes a short lock. Allocation: none. A refusal for asking too often takes the tokens away
/// that its lane may use, halves the rate and stops its lane, and those that matter less, for a second, doubling up to
/// 30 s while it goes on; exits wait for their own refusals only, and never longer than a second. Each answered request
/// gives a hundredth of the configured rate back. Exits, and the cancels that make room for them, need not wait for
/// tokens: they may leave as fast as the venue allows, and what they took beyond the bucket is missing to the others.
/// Source: Advanced Trade rate limits: at most 30 a second, 10,000 an hour.
/// </remarks>
internal sealed class RequestBudget
{
    private const double Recovery = 0.01;
    private const double SlowestShare = 1.0 / 16;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestOfExits = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly double _fullRate;
    private readonly double _burst;
    private readonly double _reserve;
    private readonly double _venuePerSecond;
    private double _rate;
    private double _tokens;
    private double _venueTokens;
    private readonly Pause[] _pauses = new Pause[3];
    private long _filledAt;

    /// <param name="time">The clock; only its time stamps count.</param>
    /// <param name="perSecond">Requests a second in the long run, above 0.</param>
    /// <param name="burst">Requests at once after a rest, at least 1.</param>
    /// <param name="reserve">Of these, how many only exits may use, less than <paramref name="burst"/>.</param>
    /// <param name="venuePerSecond">
    /// What the venue itself allows in a second: so many exits may leave at once, on credit; 0 gives none.
    /// </param>
    public RequestBudget(TimeProvider time, double perSecond, int burst, int reserve, int venuePerSecond = 0)
    {
        _time = time;
        _fullRate = perSecond;
        _rate = perSecond;
        _burst = burst;
        _tokens = burst;
        _reserve = reserve;
        _venuePerSecond = venuePerSecond;
        _venueTokens = venuePerSecond;
        _filledAt = time.GetTimestamp();
    }

    /// <summary>Times the venue said that it was asked too often.</summary>
    public long Limits { get; private set; }

    /// <summary>Requests a second at present.</summary>
    public double Rate
    {
        get
        {
            lock (_lock)
            {
                return _rate;
            }
        }
    }

    /// <summary>Whether there is a token, which stays where it is.</summary>
    /// <param name="priority">Whose.</param>
    /// <param name="wait">When false, how long it takes at least until there may be one.</param>
    public bool HasToken(RequestPriority priority, out TimeSpan wait)
    {
        lock (_lock)
        {
            return IsFree(priority, LaneOf(priority), out wait);
        }
    }

    /// <summary>Takes a token.</summary>
    /// <param name="priority">Whose.</param>
    /// <param name="wait">When false, how long it takes at least until there may be one.</param>
    /// <returns>Whether the request may leave.</returns>
    public bool TryTake(RequestPriority priority, out TimeSpan wait) => TryTake(priority, LaneOf(priority), out wait);

    /// <summary>Takes a token.</summary>
    /// <param name="priority">Whose.</param>
    /// <param name="lane">Whose pauses it waits for.</param>
    /// <param name="wait">When false, how long it takes at least until there may be one.</param>
    /// <returns>Whether the request may leave.</returns>
    public bool TryTake(RequestPriority priority, RequestLane lane, out TimeSpan wait)
    {
        lock (_lock)
        {
            if (!IsFree(priority, lane, out wait))
            {
                return false;
            }

            _tokens -= 1;
            _venueTokens = Math.Max(_venueTokens - 1, 0);
            return true;
        }
    }

    /// <summary>Takes note of an answer that was not a refusal for asking too often.</summary>
    /// <param name="remaining">What the venue says is left of its period; −1 when it does not say.</param>
    /// <param name="lane">Whose request it was.</param>
    public void OnAnswered(long remaining, RequestLane lane)
    {
        lock (_lock)
        {
            _pauses[(int)lane].Last = default;
            _rate = Math.Min(_fullRate, _rate + (_fullRate * Recovery));
            if (remaining >= 0)
            {
                Refill();
                _tokens = Math.Min(_tokens, remaining);
                _venueTokens = Math.Min(_venueTokens, remaining);
            }
        }
    }

    /// <summary>Takes note of a refusal for asking too often.</summary>
    /// <param name="reset">Seconds until the period ends, or its end as Unix time; −1 when not said.</param>
    /// <param name="lane">Whose request it was: what it leaves to more important ones stays theirs.</param>
    public void OnLimited(long reset, RequestLane lane)
    {
        lock (_lock)
        {
            Limits++;
            Refill();
            _tokens = Math.Min(_tokens, FloorOf(lane));
            _venueTokens = lane == RequestLane.Exits ? 0 : _venueTokens;
            _rate = Math.Max(_rate / 2, _fullRate * SlowestShare);
            const long UnixTimes = 1_000_000_000;
            long seconds = reset >= UnixTimes
                ? reset - SteadyClock.WallOf(_time).GetUtcNow().ToUnixTimeSeconds()
                : reset;
            TimeSpan asked = TimeSpan.FromSeconds(Math.Clamp(seconds, 0, (long)LongestPause.TotalSeconds));
            TimeSpan last = _pauses[(int)lane].Last;
            TimeSpan grown = last == default ? TimeSpan.FromSeconds(1) : last * 2;
            PauseFrom(lane, asked > grown ? asked : grown);
        }
    }

    /// <summary>Whose pauses a request about an order waits for.</summary>
    public static RequestLane LaneOf(RequestPriority priority) => priority switch
    {
        RequestPriority.Exit => RequestLane.Exits,
        RequestPriority.Query => RequestLane.Questions,
        _ => RequestLane.Orders,
    };

    /// <summary>
    /// Stops everybody for a while, exits for a second at most, because asking on would only do harm.
    /// </summary>
    public void Hold(TimeSpan pause)
    {
        lock (_lock)
        {
            PauseFrom(RequestLane.Exits, pause);
        }
    }

    private bool IsFree(RequestPriority priority, RequestLane lane, out TimeSpan wait)
    {
        Refill();
        wait = LeftOf(ref _pauses[(int)lane]);
        if (wait > TimeSpan.Zero)
        {
            return false;
        }

        wait = default;
        double missing = FloorOf(priority) + 1 - _tokens;
        bool isOnCredit = priority == RequestPriority.Exit && _venueTokens >= 1 && _tokens - 1 > -_venuePerSecond;
        if (missing <= 0 || isOnCredit)
        {
            return true;
        }

        wait = TimeSpan.FromSeconds(missing / _rate) + TimeSpan.FromMilliseconds(1);
        return false;
    }

    // What matters less than the lane that was refused waits as well: asking on would be at its cost.
    private void PauseFrom(RequestLane lane, TimeSpan pause)
    {
        for (RequestLane paused = lane; (int)paused < _pauses.Length; paused++)
        {
            TimeSpan longest = paused == RequestLane.Exits ? LongestOfExits : LongestPause;
            TimeSpan length = pause < longest ? pause : longest;
            ref Pause own = ref _pauses[(int)paused];
            if (LeftOf(ref own) < length)
            {
                own = new Pause { Length = length, From = _time.GetTimestamp(), Last = length };
            }
        }
    }

    private TimeSpan LeftOf(ref Pause pause) =>
        pause.Length == default ? default : pause.Length - _time.GetElapsedTime(pause.From);

    private double FloorOf(RequestLane lane) => lane switch
    {
        RequestLane.Exits => 0,
        RequestLane.Orders => FloorOf(RequestPriority.Stop),
        _ => FloorOf(RequestPriority.Query),
    };

    private double FloorOf(RequestPriority priority) => priority switch
    {
        RequestPriority.Exit => 0,
        RequestPriority.Stop or RequestPriority.Cancel => Math.Floor(_reserve / 2),
        _ => _reserve,
    };

    private void Refill()
    {
        long now = _time.GetTimestamp();
        double seconds = _time.GetElapsedTime(_filledAt, now).TotalSeconds;
        _tokens = Math.Min(_burst, _tokens + (seconds * _rate));
        _venueTokens = Math.Min(_venuePerSecond, _venueTokens + (seconds * _venuePerSecond));
        _filledAt = now;
    }

    private struct Pause
    {
        public long From;
        public TimeSpan Length;

        /// <summary>The next one is twice as long, unless something is answered first.</summary>
        public TimeSpan Last;
    }
}
