using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>
/// Trades of Coinbase products as they happen: one connection, one thread, which reads, parses and hands over.
/// </summary>
/// <remarks>
/// <para>Thread: <see cref="Start"/> once; everything else any. The sink is called on the feed's thread only.</para>
/// <para>Every product is bad before its first trade. A gap, a stall, an unreadable message that may have held trades,
/// or the end of the connection makes all of them bad; the feed connects anew, and each product is good again after its
/// snapshot. Of the first snapshot only the newest trade is handed on, so that the price is known; of a later one every
/// trade after the last that was handed on, oldest first. No trade is handed on twice.</para>
/// <para>Waits before a new connection grow from 250 ms to 30 s, uniformly drawn from 0 on, and never bring more than 8
/// connections a second about.</para>
/// <para>Allocation: none a message in the steady state. Source: Coinbase WebSocket documentation; the running number
/// is checked for the whole connection, as the venue counts, not for each product, as an overview page says.</para>
/// </remarks>
public sealed class CoinbaseFeed : IDisposable
{
    private readonly CoinbaseFeedOptions _options;
    private readonly ProductHealth _health;
    private readonly FeedReader _reader;
    private readonly FeedConnection _connection;
    private readonly FeedCounters _counters = new();
    private readonly Backoff _backoff;
    private readonly ConnectionPacer _pacer;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private Exception? _fault;
    private int _isStarted;

    /// <summary>Makes a feed; nothing is connected before <see cref="Start"/>.</summary>
    /// <param name="options">Where to, how, how long.</param>
    /// <param name="pairs">The products of this feed with their indices, which may be a part of the engine's.</param>
    /// <param name="sink">Takes ticks and states.</param>
    /// <exception cref="ArgumentException">There are no pairs, or options are wrong; the message names all.</exception>
    public CoinbaseFeed(CoinbaseFeedOptions options, IReadOnlyList<PairSetup> pairs, IMarketSink sink)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(sink);
        List<string> faults = [.. options.Faults()];
        if (pairs.Count == 0)
        {
            faults.Add("a feed needs at least one pair");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults), nameof(options));
        }

        _options = options;
        ProductTable products = new(pairs);
        _health = new ProductHealth(products, sink);
        _reader = new FeedReader(options, products, _health, sink, _counters);
        _connection = new FeedConnection(options, products, _reader, _counters, () => _stop.IsSet);
        _backoff = new Backoff(options.LeastBackoff, options.MostBackoff, options.Random ?? new Random());
        _pacer = options.Pacer ?? new ConnectionPacer();
        _thread = new Thread(Run) { Name = "llp coinbase feed", IsBackground = true };
        _reader.Statuses.Changed = status => ProductChanged?.Invoke(status);
    }

    /// <summary>
    /// Told on the feed's thread of each product's first state and of every change of state, grid or smallest order.
    /// </summary>
    /// <remarks>
    /// The channel does not say what orders a product takes, so whoever trades asks the venue then: <see
    /// cref="CoinbaseGateway.LookAgain"/>.
    /// </remarks>
    public event Action<ProductStatus>? ProductChanged;

    /// <summary>Told on the feed's thread, once, when the sink threw: the feed has ended and its products are
    /// bad.</summary>
    public event Action<Exception>? Faulted;

    /// <summary>What the sink threw; null while it did not.</summary>
    public Exception? Fault => Volatile.Read(ref _fault);

    /// <summary>What was counted so far.</summary>
    public CoinbaseFeedReadings Readings => _counters.Read();

    /// <summary>Whether a product's prices cannot be relied on now; so before <see cref="Start"/> too.</summary>
    /// <param name="product">Index of one of the feed's pairs.</param>
    /// <returns>True when it was told to the sink as bad, or nothing was told yet.</returns>
    public bool IsBad(int product) => Volatile.Read(ref _isStarted) == 0 || _health.IsBad(product);

    /// <summary>Time since the last message about a product.</summary>
    /// <param name="product">Index of one of the feed's pairs.</param>
    /// <returns>Null when there was none yet.</returns>
    public TimeSpan? AgeOf(int product)
    {
        long heardAt = _health.HeardAt(product);
        return heardAt == 0 ? null : _options.Time.GetElapsedTime(heardAt);
    }

    /// <summary>Starts the thread; all products are told to be bad first.</summary>
    /// <exception cref="InvalidOperationException">The feed was started before.</exception>
    public void Start()
    {
        if (Interlocked.Exchange(ref _isStarted, 1) != 0)
        {
            throw new InvalidOperationException("a feed is started once; make another one");
        }

        _thread.Start();
    }

    /// <summary>Ends the connection and the thread; all products are told to be bad. May be called again.</summary>
    public void Stop()
    {
        _stop.Set();
        if (Volatile.Read(ref _isStarted) != 0 && Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    /// <summary>As <see cref="Stop"/>.</summary>
    public void Dispose()
    {
        Stop();
        if (Thread.CurrentThread != _thread)
        {
            _stop.Dispose();
        }
    }

    private void Run()
    {
        try
        {
            _health.Disconnect();
            while (!_stop.IsSet && _connection.SinkFault is null)
            {
                Wait(_pacer.Take(_options.Time));
                if (_stop.IsSet)
                {
                    break;
                }

                RunConnection();
            }
        }
        catch (Exception e)
        {
            // Only the sink's own code can have thrown here; a feed must not take the process with it.
            End(e);
            return;
        }

        if (_connection.SinkFault is { } fault)
        {
            End(fault);
        }
    }

    private void RunConnection()
    {
        FeedEnd end = _connection.Run(_backoff.Failures);
        bool wasGood = _reader.Age >= _options.StableAfter && _health.AnySynchronized;
        _counters.Ended(end);
        _health.Disconnect();
        if (wasGood)
        {
            _backoff.Reset();
        }

        if (end is not (FeedEnd.Stopped or FeedEnd.SinkFailed))
        {
            Wait(_backoff.Next());
        }
    }

    private void End(Exception fault)
    {
        Volatile.Write(ref _fault, fault);
        Faulted?.Invoke(fault);
    }

    // By the feed's clock, which need not be the machine's; looked at often enough for a stop to be prompt.
    private void Wait(TimeSpan duration)
    {
        const int SliceMs = 5;
        long begun = _options.Time.GetTimestamp();
        while (!_stop.IsSet && _options.Time.GetElapsedTime(begun) < duration)
        {
            _ = _stop.Wait(SliceMs);
        }
    }
}
