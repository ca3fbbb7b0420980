using System.Security.Cryptography.X509Certificates;

namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>Where a Coinbase feed connects, how its thread waits, and when it gives a connection up.</summary>
public sealed record CoinbaseFeedOptions
{
    /// <summary>Which protocol and channel.</summary>
    public CoinbaseFeedSource Source { get; init; }

    /// <summary>A <c>ws</c> or <c>wss</c> address; null is the venue's own for <see cref="Source"/>.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>How the feed's thread waits for the socket.</summary>
    public FeedReceiveMode ReceiveMode { get; init; }

    /// <summary>
    /// Whether prices of Advanced Trade's <c>ticker</c> are handed on as ticks without quantity and trade number. They
    /// come up to 250 ms before the batch of their trades, whose prices then follow once more.
    /// </summary>
    public bool TickerPrices { get; init; }

    /// <summary>Whether Advanced Trade's <c>status</c> channel is watched for changes of the products.</summary>
    public bool WatchesStatus { get; init; } = true;

    /// <summary>
    /// Makes a token for each subscription, or null for none: the venue needs none for market data, but serves those
    /// who bring one more reliably. Advanced Trade only. Called on the feed's thread; never logged.
    /// </summary>
    public Func<string>? Token { get; init; }

    /// <summary>
    /// Time without a heartbeat, which comes each second, after which the connection is given up; above 0. On the
    /// Exchange feed each product has heartbeats of its own: one of which nothing is heard for so long is bad.
    /// </summary>
    public TimeSpan HeartbeatTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time for the first trade of any product; above 0.</summary>
    public TimeSpan SubscribeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for connecting, TLS and the upgrade together; above 0.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Time without any message about a product after which that product is bad; null never, but for the Exchange
    /// feed. A quiet market is silent too, and the age of a price is the risk gate's own limit.
    /// </summary>
    public TimeSpan? ProductTimeout { get; init; }

    /// <summary>
    /// A connection that lasted so long was a good one: the next wait starts small again; at least 0.
    /// </summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait after the first failure; it doubles with each further one; above 0.</summary>
    public TimeSpan LeastBackoff { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait ever; at least <see cref="LeastBackoff"/>.</summary>
    public TimeSpan MostBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest message, bytes, from 1024; a longer one ends the connection. An order book has 5 MB.</summary>
    public int MaxMessageBytes { get; init; } = 8 << 20;

    /// <summary>
    /// Roots trusted instead of the machine's, for a simulator's own certificate; null is the machine's.
    /// </summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>Shared by the feeds of one address; null for one of its own.</summary>
    public ConnectionPacer? Pacer { get; init; }

    /// <summary>The clock of all time limits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Draws the jitter; null for a random seed.</summary>
    public Random? Random { get; init; }

    /// <summary>The address in use.</summary>
    internal Uri Address => Endpoint ?? new Uri(Source == CoinbaseFeedSource.AdvancedTrade
        ? "wss://advanced-trade-ws.coinbase.com"
        : "wss://ws-feed.exchange.coinbase.com");

    /// <summary>What is wrong with the options, one line each: the field, its value, what is allowed.</summary>
    internal IEnumerable<string> Faults()
    {
        if (!Address.IsAbsoluteUri || Address.Scheme is not ("ws" or "wss"))
        {
            yield return $"{nameof(Endpoint)} {Address} must be an absolute ws or wss address";
        }

        (string Name, TimeSpan Value)[] durations =
        [
            (nameof(HeartbeatTimeout), HeartbeatTimeout), (nameof(SubscribeTimeout), SubscribeTimeout),
            (nameof(ConnectTimeout), ConnectTimeout), (nameof(LeastBackoff), LeastBackoff),
            (nameof(ProductTimeout), ProductTimeout ?? TimeSpan.MaxValue),
        ];
        foreach ((string name, TimeSpan value) in durations)
        {
            if (value <= TimeSpan.Zero)
            {
                yield return $"{name} {value} must be above 0";
            }
        }

        if (StableAfter < TimeSpan.Zero)
        {
            yield return $"{nameof(StableAfter)} {StableAfter} must be at least 0";
        }

        if (MostBackoff < LeastBackoff)
        {
            yield return $"{nameof(MostBackoff)} {MostBackoff} must be at least {nameof(LeastBackoff)} {LeastBackoff}";
        }

        if (MaxMessageBytes < 1024)
        {
            yield return $"{nameof(MaxMessageBytes)} {MaxMessageBytes} must be at least 1024";
        }
    }
}
