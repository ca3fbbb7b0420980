namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// How many requests may leave in an hour: a quarter of them at any time, the others as the hour goes by, so that no
/// hour has more of them than the venue allows.
/// </summary>
/// <remarks>
/// Thread: under the budget's lock. Allocation: none. Exits never wait for it, but what they take is missing to the
/// others: stops and cancels, which may use all but the last fifth of the bucket, and entries and questions, which may
/// use its upper half. At the bottom of their part each goes on as fast as the bucket fills. It begins full: what an
/// earlier start has sent is not known.
/// </remarks>
internal sealed class HourlyRequests
{
    private const double AtOnce = 0.25;
    private const double KeptForStops = 0.2;
    private const double KeptForOrders = 0.5;

    private readonly TimeProvider _time;
    private readonly double _most;
    private readonly double _perSecond;
    private double _tokens;
    private long _filledAt;

    /// <param name="time">The clock; only its time stamps count.</param>
    /// <param name="perHour">What the venue allows in an hour, above 0.</param>
    public HourlyRequests(TimeProvider time, int perHour)
    {
        _time = time;
        _most = perHour * AtOnce;
        _perSecond = perHour * (1 - AtOnce) / TimeSpan.FromHours(1).TotalSeconds;
        _tokens = _most;
        _filledAt = time.GetTimestamp();
    }

    /// <summary>Requests that could leave at once.</summary>
    public double Left
    {
        get
        {
            Refill();
            return _tokens;
        }
    }

    /// <summary>Whether a request may leave.</summary>
    /// <param name="priority">Whose.</param>
    /// <param name="wait">When false, how long it takes at least until it may.</param>
    public bool IsFree(RequestPriority priority, out TimeSpan wait)
    {
        wait = default;
        if (priority == RequestPriority.Exit)
        {
            return true;
        }

        Refill();
        bool isStop = priority is RequestPriority.Stop or RequestPriority.Cancel;
        double missing = (_most * (isStop ? KeptForStops : KeptForOrders)) + 1 - _tokens;
        if (missing <= 0)
        {
            return true;
        }

        wait = TimeSpan.FromSeconds(missing / _perSecond) + TimeSpan.FromMilliseconds(1);
        return false;
    }

    /// <summary>A request has left.</summary>
    public void Take() => _tokens -= 1;

    private void Refill()
    {
        long now = _time.GetTimestamp();
        _tokens = Math.Min(_most, _tokens + (_time.GetElapsedTime(_filledAt, now).TotalSeconds * _perSecond));
        _filledAt = now;
    }
}
