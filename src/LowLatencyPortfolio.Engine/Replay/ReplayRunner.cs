using System.Diagnostics;
using LowLatencyPortfolio.Engine.Recording;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Replay;

/// <summary>
/// Plays market data through the whole engine: feed, paper exchange, pipeline, journal. Starts, continues and stops a
/// run.
/// </summary>
/// <remarks>
/// Thread: <see cref="Run"/> plays on the calling thread. Source: SPEC 12 to 14. The same request on the same database
/// goes on where the last process stopped or died, and ends in the same result as an undisturbed run.
/// </remarks>
public static class ReplayRunner
{
    private const int BarPriceAgeSeconds = 600;
    private const int WarmJournalChanges = 16_384;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Runs a replay until its data ends or it is asked to stop.</summary>
    /// <param name="request">What to play.</param>
    /// <param name="stop">Stops at the next market event, in order: everything committed.</param>
    /// <returns>What it came to.</returns>
    /// <exception cref="JournalException">The database cannot be used or written; the message is for a
    /// person.</exception>
    /// <exception cref="ReplayDataException">The market data is faulty; the message is for a person.</exception>
    /// <exception cref="InvalidOperationException">A stage stopped; the engine's own rules were broken.</exception>
    public static ReplayResult Run(ReplayRequest request, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        ReplayIdentity identity = ReplayIdentity.Of(request);
        PipelineWarmUp.Run();
        using StateJournal journal = StateJournal.Open(
            request.DatabasePath,
            new JournalOptions
            {
                EngineId = identity.EngineId, Recapitalize = request.Recapitalize, TakerFee = request.Paper.TakerFee,
                KeepsMeasuredGroups = MeasuresGroups(request),
                Rebalance = (request.Rebalance ?? new RebalanceOptions()).Row,
            },
            request.Portfolio, request.Pairs);
        using ReplayFeed feed = new(request.Catalog, request.Pairs);
        PaperExchange paper = new(request.Paper, request.Pairs, request.Portfolio.TotalCapital, feed.PlayedFromBars());
        using RecordingWriter? recorder = request.RecordPath is { } file ? RecordingWriter.Create(file) : null;
        using ReplaySignals? signals = SignalsOf(request);
        using ReplayRebalances? rebalances = RebalancesOf(request);
        using TradingPipeline pipeline = new(
            Options(request), request.Portfolio, WithPriceAges(request.Pairs, feed.PlayedFromBars()), paper, journal,
            recorder, signals?.Consumer)
        {
            Observer = signals,
        };
        signals?.Fusion?.TakeNewest(journal.Path);
        ReplayFeeder feeder = new(pipeline, paper, journal, feed, request.Entries, signals, rebalances);
        ReplayState state = new(request.Pairs, pipeline, paper, feeder, signals, rebalances);
        Start(request, identity, journal, feed, feeder, state);
        signals?.Attach(pipeline);
        rebalances?.Attach(pipeline.Board);
        journal.Warm(WarmJournalChanges);
        recorder?.Begin(journal.EngineId, request.Portfolio, pipeline);
        pipeline.Start();
        Func<ReaderRows> rows = () => NewestValuation.Of(pipeline, feeder.LastEventNs) with
        {
            Correlations = signals?.NewCorrelations(), Models = signals?.Fusion?.Unstored ?? [],
        };
        return Play(
            new Session(request, identity, journal, feed, paper, pipeline, feeder, state, recorder, signals, rows),
            stop);
    }

    /// <summary>The layout a request asks for.</summary>
    internal static PipelineOptions Options(ReplayRequest request) => new()
    {
        Topology = request.Topology,
        Wait = request.Wait,
        RequireCores = request.RequireCores,
        TakerFee = request.Paper.TakerFee,
        CandleSeconds = RebalanceOptions.EntryCandleSeconds(request.Signals?.Options, request.Rebalance),
        KeepsMeasuredGroups = MeasuresGroups(request),
    };

    /// <summary>
    /// The pairs as they are played: one played from bars has a price only now and then; one played from trades beside
    /// it is not excused by that.
    /// </summary>
    internal static PairSetup[] WithPriceAges(PairSetup[] pairs, bool[] playedFromBars) =>
        [.. pairs.Select(pair => playedFromBars[pair.Index] && pair.Config.MaxPriceAgeSeconds is null
            ? pair with { Config = pair.Config with { MaxPriceAgeSeconds = BarPriceAgeSeconds } }
            : pair)];

    private static bool MeasuresGroups(ReplayRequest request) => request.Signals?.Options.Correlation is not null;

    private static ReplaySignals? SignalsOf(ReplayRequest request) => request.Signals is { } signals
        ? new ReplaySignals(request.Pairs, signals.Options, signals.Generator(request.Pairs))
        : null;

    private static ReplayRebalances? RebalancesOf(ReplayRequest request) =>
        request.Rebalance is { Orders: true } options
            ? new ReplayRebalances(request.Pairs, request.Portfolio, request.Paper.TakerFee, options)
            : null;

    private static void Start(
        ReplayRequest request, ReplayIdentity identity, StateJournal journal, ReplayFeed feed,
        ReplayFeeder feeder, ReplayState state)
    {
        // Restored before the journal commits to the input: a state that cannot go on with it leaves the database as it
        // was.
        ReplayStart begun = journal.ResumeReplay(
            identity.Input, identity.Configuration, request.Catalog.FirstTimeNs, state.Take(),
            start =>
            {
                if (start.Kind != ReplayStartKind.Fresh)
                {
                    // Checkpoint 0 of a continuation is the state in which the run before it ended.
                    state.Restore(start.State, sameInput: start.Position.MarketEvents > 0);
                }
            });
        if (begun.Kind != ReplayStartKind.Fresh)
        {
            feed.Skip(feeder.Events);
        }
    }

    private static ReplayResult Play(Session session, CancellationToken stop)
    {
        (ReplayRequest request, _, StateJournal journal, ReplayFeed feed, PaperExchange paper, TradingPipeline pipeline,
            ReplayFeeder feeder, _, RecordingWriter? recorder, ReplaySignals? signals, _) = session;
        long before = feeder.Events;
        long started = Stopwatch.GetTimestamp();
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        int collections = GC.CollectionCount(0);
        bool finished = PlayEvents(session, stop);
        long allocatedHere = GC.GetAllocatedBytesForCurrentThread() - allocated;
        collections = GC.CollectionCount(0) - collections;
        pipeline.JournalOpenPositions();
        if (finished)
        {
            signals?.Fusion?.MakeLastVersion();
        }

        Checkpoint(session, finished: false);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        ReplayResult result = new()
        {
            Finished = finished,
            Counters = pipeline.Counters,
            Metrics = pipeline.Metrics(),
            Pairs = pipeline.ReadPairs(),
            Hash = pipeline.Hash,
            EventsFed = feeder.Events - before,
            EventsOfInput = feeder.Events,
            EntriesPast = feeder.EntriesPast,
            EntriesAfterEnd = finished ? feeder.EntriesLeft : 0,
            Elapsed = elapsed,
            Gen0Collections = collections,
            BadRows = feed.BadRows,
            BadRowCount = feed.BadRowCount,
            FillAssumptions = paper.Assumptions,
            DatabasePath = journal.Path,
            PipelineAllocatedBytes = allocatedHere,
            Signals = signals?.Read(pipeline),
        };
        _ = pipeline.Stop(StopTimeout);
        recorder?.Complete(pipeline.Hash);
        result = result with
        {
            PipelineAllocatedBytes = allocatedHere + pipeline.StageAllocatedBytes, RecordingFault = recorder?.Fault,
        };
        request.Progress?.Invoke(feeder.Events, feeder.LastEventNs);
        request.Deliver?.Invoke(result);
        if (finished)
        {
            Checkpoint(session, finished: true);
        }

        journal.Complete();
        return result;
    }

    private static bool PlayEvents(Session session, CancellationToken stop)
    {
        ReplayFeeder feeder = session.Feeder;
        while (!stop.IsCancellationRequested)
        {
            if (!feeder.Step())
            {
                feeder.PlayLastEntries();
                return true;
            }

            if (feeder.Events % session.Request.CheckpointInterval == 0)
            {
                session.Pipeline.JournalPortfolio();
                Checkpoint(session, finished: false);
            }

            if (feeder.Events % session.Request.ProgressInterval == 0)
            {
                session.Request.Progress?.Invoke(feeder.Events, feeder.LastEventNs);
            }
        }

        return false;
    }

    // What the model learned is committed with the state that learned it: a restart never finds a version from later.
    private static void Checkpoint(Session session, bool finished)
    {
        session.Journal.WriteCheckpoint(
            session.State.Take(),
            new ReplayPosition(session.Identity.Input, session.Feeder.Events, session.Feeder.LastEventNs), finished,
            session.Rows);
        session.Signals?.Fusion?.Unstored.Clear();
    }

    private sealed record Session(
        ReplayRequest Request, ReplayIdentity Identity, StateJournal Journal, ReplayFeed Feed,
        PaperExchange Paper, TradingPipeline Pipeline, ReplayFeeder Feeder, ReplayState State,
        RecordingWriter? Recorder, ReplaySignals? Signals, Func<ReaderRows> Rows);
}
