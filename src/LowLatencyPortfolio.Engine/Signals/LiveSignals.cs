using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// The signals of a live engine: at each candle close the generator is asked about every pair, and what it proposes is
/// submitted, by the calls an embedder has.
/// </summary>
/// <remarks>
/// Thread: one of its own, so that neither the stages nor the engine's thread ever wait for a generator. It waits for
/// generators, each within its deadline, and for no answer to an entry: while a venue is silent candles go on, and a
/// pair whose entry has no answer yet is not entered again. A round that comes while earlier ones are still being
/// judged waits in a short queue; where that is full, it is dropped.
/// </remarks>
internal sealed class LiveSignals : IDisposable
{
    private const string SectionName = "signals-1";
    private const int RoundsWaiting = 4;
    private const long NsPerMs = 1_000_000;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan IntentsFirst = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly MultiPairOrchestrator _orchestrator;
    private readonly string _settings;
    private readonly bool _asks;
    private readonly RoundQueue _queue;
    private readonly SignalDesk _desk;
    private readonly WakeGate _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private StoredJournal? _journal;
    private RiskReadings? _risk;

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
        _thread = new Thread(Run) { Name = "llp signals", IsBackground = true };
    }

    /// <summary>What builds the candles, for the pipeline.</summary>
    public CandleConsumer Consumer { get; }

    /// <summary>Candles, indicators and votes of each pair after the last close.</summary>
    public MarketSnapshot[] Shown => _desk.Shown;

    public SignalReadings Readings => _desk.Tally.Read(Consumer, _desk.Fusion?.Readings) with { Risk = Risk };

    /// <summary>What the positions risked at the newest close; null before it, and where nothing is measured.</summary>
    public RiskReadings? Risk => Volatile.Read(ref _risk);

    /// <summary>Whether groups are measured.</summary>
    public bool MeasuresGroups => _desk.Correlation is not null;

    /// <summary>Begins with the groups that the risk gate goes by; before the start.</summary>
    public void Follow(ReadOnlySpan<int> groups) => _desk.Correlation?.Follow(groups);

    /// <summary>
    /// Where correlations and versions of the fused model go, and the newest version is taken from; before <see
    /// cref="Restore"/> and the start. Null keeps nothing.
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
    /// Takes back what <see cref="Save"/> wrote; before the start. A candle that was being built is given up: the
    /// market went on while nobody looked. With other settings everything begins anew.
    /// </summary>
    /// <exception cref="InvalidDataException">The state is cut off.</exception>
    public void Restore(CheckpointReader reader)
    {
        reader.Section(SectionName);
        if (reader.ReadString() == _settings)
        {
            Consumer.Restore(reader);
            Consumer.BreakOff();
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

    private void Run()
    {
        CancellationToken stop = _stop.Token;
        while (!stop.IsCancellationRequested)
        {
            if (!_queue.TryPeek(out CandleRound round))
            {
                _gate.Sleep(LongestSleep);
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
            _journal?.WriteRows(new ReaderRows { Models = versions });
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
        TellGroups(round);
        PortfolioBoard board = _orchestrator.Engine.Board;
        PortfolioSnapshot snapshot = board.NewSnapshot();
        if (_asks)
        {
            await EnterAsync(round, snapshot, stop).ConfigureAwait(false);
        }

        board.Read(snapshot);
        ShowRisk(snapshot);
    }

    private async Task EnterAsync(CandleRound round, PortfolioSnapshot snapshot, CancellationToken stop)
    {
        IReadOnlyList<SignalCheck> checks = await _orchestrator.CheckAllEntriesAsync(stop).ConfigureAwait(false);
        _orchestrator.Engine.Board.Read(snapshot);
        IReadOnlyList<EntrySignal> entries = _desk.Choose(checks, snapshot, round);
        if (entries.Count == 0)
        {
            return;
        }

        Task<EntryResult>[] answers = _orchestrator.PostEntries(entries, stop);
        Task[] notes = new Task[answers.Length];
        for (int i = 0; i < answers.Length; i++)
        {
            _ = _orchestrator.Engine.TryIndexOf(entries[i].ProductId, out int product);     // it was asked about
            _desk.Await(product);
            notes[i] = NoteAsync(product, answers[i]);
        }

        // Not for the answers: what is written next would be a commit that their intents wait for.
        _ = await Task.WhenAny(Task.WhenAll(notes), Task.Delay(IntentsFirst, stop)).ConfigureAwait(false);
    }

    // On a thread of the pool, whenever the answer comes: a venue that is silent must not hold up the next close.
    private async Task NoteAsync(int product, Task<EntryResult> answer)
    {
        try
        {
            _desk.Tally.Answer((await answer.ConfigureAwait(false)).Verdict);
        }
        catch (Exception e) when (e is OperationCanceledException or EngineStoppedException)
        {
            // The engine is ending; what it says of that is its own business.
        }
        finally
        {
            _desk.Answered(product);
        }
    }

    // Before the entries of the same close, by the same inbox.
    private void TellGroups(CandleRound round)
    {
        TradingEngine engine = _orchestrator.Engine;
        foreach (GroupChange change in _desk.Correlation?.Learn(round) ?? [])
        {
            engine.Input.Post(new EngineItem
            {
                Kind = EventKind.GroupsChanged,
                Product = change.Pair,
                Quantity = change.To,
                Parameter = 1,
                ReceivedAtNs = EngineLoop.NowNs(engine.Time),
            });
        }
    }

    // After the entries: an intent would wait for the commit of these rows.
    private void ShowRisk(PortfolioSnapshot snapshot)
    {
        if (_desk.Correlation is not { } correlation)
        {
            return;
        }

        HeldRisk[] held = HeldRisks.Of(snapshot, _orchestrator.Engine.Pairs);
        Volatile.Write(ref _risk, correlation.Measure(held, snapshot.Portfolio.Equity));
        try
        {
            if (_journal is not null && correlation.NewRows() is { } rows)
            {
                _journal.WriteRows(new ReaderRows { Correlations = rows });
            }
        }
        catch (JournalException)
        {
            // The journal's health says it already; the next close writes newer ones.
        }
    }
}
