namespace LowLatencyPortfolio.ExchangeSim.Wire.Rest;

/// <summary>Token bucket per caller: filled at the rate, full at one second's worth.</summary>
/// <param name="perSecond">Requests a second; 0 for no limit.</param>
/// <param name="time">Its monotonic clock fills the buckets.</param>
/// <remarks>Thread: any; one lock. A caller is a key or an address, so there are few.</remarks>
internal sealed class RateLimiter(int perSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private int _perSecond = perSecond;

    /// <summary>Requests a second and caller; 0 for no limit. Buckets begin full when it changes.</summary>
    public int PerSecond
    {
        get
        {
            lock (_lock)
            {
                return _perSecond;
            }
        }

        set
        {
            lock (_lock)
            {
                _perSecond = value;
                _buckets.Clear();
            }
        }
    }

    /// <summary>Takes one token, if there is one.</summary>
    /// <param name="caller">Key or address.</param>
    /// <returns>Whether the request may pass, and what the headers say.</returns>
    public RateVerdict Take(string caller)
    {
        lock (_lock)
        {
            if (_perSecond == 0)
            {
                return new RateVerdict(true, 0, 0, 0);
            }

            long now = time.GetTimestamp();
            if (!_buckets.TryGetValue(caller, out Bucket bucket))
            {
                bucket = new Bucket(_perSecond, now);
            }

            double filled = time.GetElapsedTime(bucket.At, now).TotalSeconds * _perSecond;
            double tokens = Math.Min(_perSecond, bucket.Tokens + filled);
            bool allowed = tokens >= 1;
            tokens -= allowed ? 1 : 0;
            _buckets[caller] = new Bucket(tokens, now);
            int seconds = (int)Math.Ceiling((_perSecond - tokens) / _perSecond);
            return new RateVerdict(allowed, _perSecond, (int)tokens, seconds);
        }
    }

    private readonly record struct Bucket(double Tokens, long At);
}
