using System.Diagnostics;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;
using LowLatencyPortfolio.Host.Run;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Live;

/// <summary>One live run: an engine, a feed, and the order in which they come up and go down.</summary>
/// <remarks>
/// Thread: <see cref="Run"/> once, on one thread; <see cref="Status"/> on any, from when <see cref="Run"/> has told
/// that it begun.
/// </remarks>
internal sealed class LiveSession : IDisposable
{
    private const long NsPerTick = 100;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private readonly LiveRequest _request;
    private readonly MultiPairOrchestrator _portfolio;
    private readonly TradingEngine _engine;
    private readonly CoinbaseFeed _feed;
    private readonly EntrySchedule _entries;
    private readonly AlarmTally _alarms = new();
    private CoinbaseGateway? _venue;
    private PortfolioSnapshot? _snapshot;

    /// <summary>Makes engine and feed; nothing is opened or connected yet.</summary>
    /// <param name="request">Checked.</param>
    /// <param name="options">How the engine is made; null for the request's own.</param>
    /// <exception cref="Domain.ConfigurationException">The engine refuses the configuration.</exception>
    public LiveSession(LiveRequest request, TradingEngineOptions? options = null)
    {
        _request = request;
        TradingEngineOptions engine = options ?? request.EngineOptions;
        if (engine.Gateway is { } newGateway)
        {
            engine = engine with { Gateway = pairs => Keep(newGateway(pairs)) };
        }

        _portfolio = new MultiPairOrchestrator(
            engine, request.Signals is { } signals ? RunSignals.GeneratorOf(signals, request.Pairs) : null);
        foreach (PairSetup pair in request.Pairs)
        {
            _portfolio.RegisterPair(pair.Config, pair.Product);
        }

        _engine = _portfolio.Build();
        _engine.Alarmed += OnAlarm;
        _feed = new CoinbaseFeed(request.FeedOptions, request.Pairs, new EngineMarketSink(_engine));
        _feed.ProductChanged += _ => _venue?.LookAgain();
        _entries = new EntrySchedule(request.Entries, _engine);
    }

    /// <summary>Told of each alarm when it happens; see <see cref="TradingEngine.Alarmed"/>.</summary>
    public event Action<EngineAlarm>? Alarmed;

    /// <summary>
    /// What the start found different at the venue after a session that was killed, one line each; none after another.
    /// </summary>
    public IEnumerable<string> Differences => _engine.Reconciliation?.Lines.Select(line => line.Text) ?? [];

    /// <summary>Who trades.</summary>
    public MultiPairOrchestrator Portfolio => _portfolio;

    /// <summary>Runs until it is told to stop, its time is over or a fault ends it.</summary>
    /// <param name="begun">Called when the engine has started.</param>
    /// <param name="stop">Asks for an orderly stop.</param>
    /// <returns>What it came to, everything committed.</returns>
    /// <exception cref="InvalidOperationException">A fault ended the engine or the feed.</exception>
    /// <exception cref="Persistence.JournalException">The database cannot be used, or a commit failed.</exception>
    /// <exception cref="TimeoutException">What was under way did not end in time.</exception>
    public LiveResult Run(Action begun, CancellationToken stop)
    {
        _portfolio.Start();
        _snapshot = _engine.Board.NewSnapshot();
        DateTimeOffset begunAt = DateTimeOffset.UtcNow;
        long started = Stopwatch.GetTimestamp();
        int collections = GC.CollectionCount(0);
        begun();
        _feed.Start();
        Stand(started, stop);
        int pairsDown = PairsDown();
        Exception? feedFault = _engine.State == EngineState.Running ? _feed.Fault : null;
        _feed.Stop();
        IOException? recording = StopEngine();
        if ((_engine.Fault ?? feedFault) is { } fault)
        {
            throw new InvalidOperationException(fault.Message, fault);
        }

        ReplayResult run = Gather(
            Stopwatch.GetElapsedTime(started), GC.CollectionCount(0) - collections, recording?.Message);
        CoinbaseFeedReadings readings = _feed.Readings;
        return new LiveResult(
            run, begunAt, DateTimeOffset.UtcNow, _entries.Left, pairsDown, readings.Reconnects, readings.LastError,
            _venue?.Counters.LateFees ?? 0m, _engine.IsLeftInDoubt, _alarms.Lines)
        {
            Rebalances = _portfolio.Rebalancing,
        };
    }

    /// <summary>How the run stands now, one line for a person.</summary>
    public string Status()
    {
        PortfolioSnapshot snapshot = _snapshot!;
        _engine.Board.Read(snapshot);
        PortfolioFigures figures = snapshot.Portfolio;
        return LiveStatus.Text(
            _engine.Counters.TicksTaken, in figures, _request.Portfolio.QuoteCurrency, PairsDown(),
            _request.Pairs.Length);
    }

    /// <summary>Ends what still runs.</summary>
    public void Dispose()
    {
        _feed.Dispose();
        _portfolio.Dispose();
    }

    private void OnAlarm(EngineAlarm alarm)
    {
        _alarms.Add(alarm);
        Alarmed?.Invoke(alarm);
    }

    // Who made the venue does not matter here, only whether it can be asked to look again.
    private IOrderGateway Keep(IOrderGateway gateway)
    {
        _venue = gateway as CoinbaseGateway;
        return gateway;
    }

    private int PairsDown() => _request.Pairs.Count(pair => _feed.IsBad(pair.Index));

    private void Stand(long started, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && !_engine.Completion.IsCompleted && _feed.Fault is null)
        {
            TimeSpan left = (_request.Length ?? TimeSpan.MaxValue) - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            try
            {
                _entries.SubmitDue(NowNs());
            }
            catch (EngineStoppedException)
            {
                return;     // the engine's own fault says why
            }

            TimeSpan due = _entries.NextNs is { } dueNs
                ? TimeSpan.FromTicks(Math.Max(1, (dueNs - NowNs()) / NsPerTick))
                : LongestWait;
            _ = stop.WaitHandle.WaitOne(Least(left, Least(due, LongestWait)));
        }
    }

    // A recording that broke off is told, but the run it was of has ended in order.
    private IOException? StopEngine()
    {
        try
        {
            _engine.StopAsync().GetAwaiter().GetResult();
            return null;
        }
        catch (IOException e)
        {
            return e;
        }
    }

    private ReplayResult Gather(TimeSpan elapsed, int collections, string? recordingFault)
    {
        EngineOutcome outcome = _engine.ReadOutcome();
        return new ReplayResult
        {
            Finished = true,
            Counters = outcome.Counters.Pipeline,
            Metrics = outcome.Metrics,
            Pairs = outcome.Pairs,
            Hash = outcome.Hash,
            EventsFed = outcome.Counters.TicksTaken,
            EventsOfInput = outcome.Counters.TicksTaken,
            EntriesAfterEnd = _entries.Left,
            Signals = _portfolio.Signals,
            RecordingFault = recordingFault,
            Elapsed = elapsed,
            PipelineAllocatedBytes = outcome.AllocatedBytes,
            Gen0Collections = collections,
            BadRows = [],
            BadRowCount = 0,
            FillAssumptions = string.Empty,
            DatabasePath = _request.DatabasePath,
        };
    }

    private static TimeSpan Least(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static long NowNs() => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * NsPerTick;
}
