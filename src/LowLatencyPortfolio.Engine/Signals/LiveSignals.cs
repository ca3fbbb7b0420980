using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// The signals of a live engine: at each candle close the generator is asked about every pair, and what it proposes is
/// submitted, by the calls an embedder has.
/// </summary>
/// <remarks>
/// Thread: one of its own, so that neither the stages nor the engine's thread ever wait for a generator. A round that
/// comes while earlier ones are still being judged waits in a short queue; where that is full, it is dropped.
/// </remarks>
internal sealed class LiveSignals : IDisposable
{
    private const string SectionName = "signals-1";
    private const int RoundsWaiting = 4;
    private const long NsPerMs = 1_000_000;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly MultiPairOrchestrator _orchestrator;
    private readonly string _settings;
    private readonly bool _asks;
    private readonly RoundQueue _queue;
    private readonly SignalDesk _desk;
    private readonly WakeGate _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<bool> _hasWork;
    private readonly Thread _thread;
    private StoredJournal? _journal;

    public LiveSignals(MultiPairOrchestrator orchestrator, PairSetup[] pairs, SignalOptions options)
    {
        _orchestrator = orchestrator;
        _settings = options.ToString();
        _asks = options.AskAtClose;
        _queue = new RoundQueue(pairs.Length, RoundsWaiting);
        _desk = new SignalDesk(pairs, options);
        Consumer = new CandleConsumer(
            pairs.Length, options.Confirmation.CandleSeconds, options.CloseDelayMs * NsPerMs, _queue)
        {
            Wake = _gate.Wake,
        };
        _hasWork = HasWork;
        _thread = new Thread(Run) { Name = "llp signals", IsBackground = true };
    }

    /// <summary>What builds the candles, for the pipeline.</summary>
    public CandleConsumer Consumer { get; }

    /// <summary>Candles, indicators and votes of each pair after the last close.</summary>
    public MarketSnapshot[] Shown => _desk.Shown;

    public SignalReadings Readings => _desk.Tally.Read(Consumer, _desk.Fusion?.Readings);

    /// <summary>
    /// Where versions of the fused model go, and the newest is taken from; before <see cref="Restore"/> and the start.
    /// </summary>
    public void Attach(StoredJournal? journal)
    {
        _journal = journal;
        if (journal is not null)
        {
            _desk.Fusion?.TakeNewest(journal.Path);
        }
    }

    /// <summary>Completes when every close so far has been taken in; at once where the engine asks by itself.</summary>
    public async Task CaughtUpAsync(CancellationToken cancellationToken)
    {
        while (!_asks && _queue.Outstanding > 0 && !_stop.IsCancellationRequested)
        {
            await Task.Delay(Glance, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Begins to judge; the engine runs.</summary>
    public void Start() => _thread.Start();

    /// <summary>Ends the judging, whatever it waits for; from any thread, more than once.</summary>
    /// <returns>False when a round did not end in time.</returns>
    public bool Stop()
    {
        _ = _stop.CancelAsync();        // what generators do when they are told is not done on this thread
        _gate.Wake();
        return (_thread.ThreadState & ThreadState.Unstarted) != 0 || _thread.Join(StopTimeout);
    }

    /// <summary>Ends the judging and writes what candles and votes there are; at quiescence.</summary>
    public void Save(CheckpointWriter writer)
    {
        if (Stop())
        {
            _desk.Fusion?.MakeLastVersion();
            StoreVersions();
            writer.Section(SectionName);
            writer.Write(_settings);
            Consumer.Save(writer);
            _desk.Save(writer);
        }
    }

    /// <summary>
    /// Takes back what <see cref="Save"/> wrote; before the start. With other settings everything begins anew.
    /// </summary>
    /// <exception cref="InvalidDataException">The state is cut off.</exception>
    public void Restore(CheckpointReader reader)
    {
        reader.Section(SectionName);
        if (reader.ReadString() == _settings)
        {
            Consumer.Restore(reader);
            _desk.Restore(reader);
        }
    }

    public void Dispose()
    {
        if (Stop())
        {
            _gate.Dispose();
            _stop.Dispose();
        }
    }

    private bool HasWork() => _stop.IsCancellationRequested || _queue.Outstanding > 0;

    private void Run()
    {
        CancellationToken stop = _stop.Token;
        while (!stop.IsCancellationRequested)
        {
            if (!_queue.TryPeek(out CandleRound round))
            {
                _gate.Sleep(LongestSleep, _hasWork);
                continue;
            }

            try
            {
                JudgeAsync(round, stop).GetAwaiter().GetResult();
            }
            catch (Exception e) when (e is OperationCanceledException or EngineStoppedException)
            {
                return;     // the engine is ending; what it says of that is its own business
            }
            catch (Exception e)
            {
                _desk.Fail(e);      // on this thread it would end the process
            }

            StoreVersions();
            _queue.Release();
        }
    }

    // One that cannot be stored is tried again with the next; the journal's health tells of it.
    private void StoreVersions()
    {
        if (_desk.Fusion?.Unstored is not { Count: > 0 } versions)
        {
            return;
        }

        try
        {
            _journal?.WriteModels(versions);
            versions.Clear();
        }
        catch (JournalException)
        {
            // Nothing decides by these rows; what keeps them from the disk keeps entries from it too.
        }
    }

    private async Task JudgeAsync(CandleRound round, CancellationToken stop)
    {
        _desk.Learn(round);
        if (!_asks)
        {
            return;
        }

        IReadOnlyList<SignalCheck> checks = await _orchestrator.CheckAllEntriesAsync(stop).ConfigureAwait(false);
        PortfolioBoard board = _orchestrator.Engine.Board;
        PortfolioSnapshot snapshot = board.NewSnapshot();
        board.Read(snapshot);
        IReadOnlyList<EntrySignal> entries = _desk.Choose(checks, snapshot, round);
        if (entries.Count == 0)
        {
            return;
        }

        IReadOnlyList<EntryResult> results = await _orchestrator
            .SubmitCoordinatedEntriesAsync(entries, _orchestrator.Engine.Portfolio.MaxConcurrentEntries, stop)
            .ConfigureAwait(false);
        foreach (EntryResult result in results)
        {
            _desk.Tally.Answer(result.Verdict);
        }
    }
}
