namespace LowLatencyPortfolio.ExchangeSim.Wire.Rest;

/// <summary>How much a client may ask, per second. Coinbase's figures; each can be changed while the server
/// runs.</summary>
/// <param name="time">Fills the buckets.</param>
internal sealed class WireLimits(TimeProvider time)
{
    /// <summary>Signed REST requests of a key: 30.</summary>
    public RateLimiter Private { get; } = new(30, time);

    /// <summary>Unsigned REST requests of an address: 10.</summary>
    public RateLimiter Public { get; } = new(10, time);

    /// <summary>New WebSocket connections of an address: 8.</summary>
    public RateLimiter Connections { get; } = new(8, time);

    /// <summary>Unsigned WebSocket messages of an address: 8.</summary>
    public RateLimiter Messages { get; } = new(8, time);

    /// <summary>Changes limits.</summary>
    /// <param name="values">Per second by name: private, public, connections, messages; others are passed over.</param>
    public void Set(IReadOnlyDictionary<string, int> values)
    {
        foreach ((string name, RateLimiter limiter) in Named())
        {
            if (values.TryGetValue(name, out int perSecond))
            {
                limiter.PerSecond = Math.Max(0, perSecond);
            }
        }
    }

    /// <summary>What is in force.</summary>
    /// <returns>Per second by name.</returns>
    public IReadOnlyDictionary<string, int> Get() =>
        Named().ToDictionary(pair => pair.Name, pair => pair.Limiter.PerSecond);

    private IEnumerable<(string Name, RateLimiter Limiter)> Named() =>
        [("private", Private), ("public", Public), ("connections", Connections), ("messages", Messages)];
}
