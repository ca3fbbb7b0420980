using System.Diagnostics;
using System.Security.Cryptography;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Recording;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>The parts of one running engine, and the order in which they come up and go down.</summary>
internal sealed class EngineSession
{
    private const string IdLetters = "abcdefghijklmnopqrstuvwxyz234567";

    private readonly ISessionJournal _journal;
    private readonly IOrderGateway _gateway;
    private readonly TimeProvider _time;
    private readonly RecordingWriter? _recorder;
    private readonly LiveSignals? _signals;
    private readonly RebalanceDesk? _rebalances;
    private readonly ValuationKeeper? _valuation;
    private readonly AlarmWatch _alarms;
    private readonly EngineMeter _meter;

    private EngineSession(
        TradingPipeline pipeline, EngineLoop loop, ISessionJournal journal, IOrderGateway gateway, TimeProvider time,
        string engineId, long epoch, RecordingWriter? recorder, ReconciledSession? recovered, LiveSignals? signals,
        RebalanceDesk? rebalances, AlarmWatch alarms)
    {
        _alarms = alarms;
        Pipeline = pipeline;
        Loop = loop;
        _journal = journal;
        _gateway = gateway;
        _time = time;
        _recorder = recorder;
        _signals = signals;
        _rebalances = rebalances;
        _valuation = journal is StoredJournal keeper ? new ValuationKeeper(pipeline, keeper) : null;
        EngineId = engineId;
        Epoch = epoch;
        Reconciliation = recovered?.Report;
        Instructions = InstructionsOf(journal as StoredJournal, recovered);
        _meter = EngineMeter.Of(pipeline, loop, journal, gateway, engineId);
    }

    public TradingPipeline Pipeline { get; }

    public EngineLoop Loop { get; }

    public string EngineId { get; }

    public long Epoch { get; }

    /// <summary>What the start found after a session that did not stop in order; null after one that did.</summary>
    public ReconcileReport? Reconciliation { get; }

    /// <summary>What earlier sessions and people have left to be done first, in this order.</summary>
    public IReadOnlyList<(ControlAction Action, ExitReason Reason)> Instructions { get; }

    /// <summary>The state was not stored, because something at the venue was in doubt when the session ended.</summary>
    public bool IsLeftInDoubt { get; private set; }

    /// <summary>Makes the venue of an engine.</summary>
    public static IOrderGateway GatewayOf(TradingEngineOptions options, PairSetup[] pairs) =>
        options.Gateway?.Invoke(pairs) ?? new PaperGateway(
            new PaperExchange(options.Paper, pairs, options.Portfolio.TotalCapital, new bool[pairs.Length]));

    public static EngineSession Open(
        TradingEngineOptions options, PairSetup[] pairs, IOrderGateway gateway, Inbox<EngineItem> inbox, WakeGate wake,
        IOrderObserver? observer, LiveSignals? signals, RebalanceDesk? rebalances, EventHub events,
        Action<EngineAlarm> alarmed, Func<PairSetup[], ISessionJournal>? journalForTests)
    {
        bool keepsGroups = options.RequireCleanStop || signals is { MeasuresGroups: true };
        StoredJournal? stored = null;
        TradingPipeline? pipeline = null;
        RecordingWriter? recorder = null;
        AlarmWatch? alarms = null;
        try
        {
            stored = options.DatabasePath is { } path
                ? StoredJournal.Open(
                    path, JournalOf(options, keepsGroups), options.Portfolio, pairs, VenueOf(options, gateway),
                    EngineLoop.NowNs(options.Time))
                : null;
            recorder = options.RecordPath is { } file ? RecordingWriter.Create(file) : null;
            ISessionJournal journal = stored is not null
                ? options.Watch(stored)
                : journalForTests?.Invoke(pairs) ?? new UnstoredJournal(wake.Wake);
            alarms = new AlarmWatch(pairs, journal, options.Time, alarmed);
            pipeline = new TradingPipeline(
                options.PipelineOptions with { KeepsMeasuredGroups = keepsGroups }, options.Portfolio, pairs, gateway,
                new EventTap(journal, events), recorder, signals?.Consumer)
            {
                Observer = observer,
                Alarmed = alarms.Add,
            };
            gateway.Wake = wake.Wake;
            signals?.Attach(stored);
            if (stored is { State.IsEmpty: false })
            {
                SessionState.Restore(stored.State, pipeline, gateway, signals, rebalances);
            }

            ReconciledSession? recovered = stored?.Broken is { } broken
                ? Reconcile(broken, pairs, (IRecoverableGateway)gateway, options)
                : null;
            stored?.Begin(VenueOf(options, gateway), recovered?.Changes ?? []);
            if (recovered is not null)
            {
                TakeOver(recovered, pipeline, (IRecoverableGateway)gateway);
            }

            signals?.Follow(pipeline.MeasuredGroups());

            string engineId = stored?.EngineId ?? RandomNumberGenerator.GetString(IdLetters, 8);
            long epoch = stored?.Epoch ?? 1;
            gateway.Identify(engineId, epoch);
            SendCancels(recovered, gateway);
            recorder?.Begin(engineId, options.Portfolio, pipeline);
            EngineLoop loop = new(pipeline, gateway, journal, inbox, wake, options.Time, options.BusyPoll);
            pipeline.Start();
            if (stored is { State.IsEmpty: false })
            {
                ForgetHealth(EngineLoop.NowNs(options.Time), pipeline);
            }

            RefuseEntries(recovered, pipeline);
            RefuseEntries(stored, pipeline, alarms, EngineLoop.NowNs(options.Time));
            return new EngineSession(
                pipeline, loop, journal, gateway, options.Time, engineId, epoch, recorder, recovered, signals,
                rebalances, alarms);
        }
        catch
        {
            // The exception that ends the start is on its way; it is the one to be seen.
            _ = Caught(() => alarms?.Dispose());
            _ = Caught(() => pipeline?.Dispose());
            _ = Caught(() => (gateway as IDisposable)?.Dispose());
            _ = Caught(() => recorder?.Dispose());
            _ = Caught(() => stored?.Close());
            throw;
        }
    }

    // A stored state carries its mode; a portfolio that was being sold at a loss limit goes on being sold.
    private static List<(ControlAction Action, ExitReason Reason)> InstructionsOf(
        StoredJournal? stored, ReconciledSession? recovered)
    {
        List<(ControlAction Action, ExitReason Reason)> instructions = [];
        bool hasOnlyRows = stored is { State.IsEmpty: true, Broken: null };
        if (hasOnlyRows && stored!.Mode != TradingMode.Trading)
        {
            bool isHalted = stored.Mode == TradingMode.Halted;
            instructions.Add((isHalted ? ControlAction.Halt : ControlAction.ReduceOnly, ExitReason.None));
        }

        if (recovered?.Session.LiquidationReason is { } reason and not ExitReason.None)
        {
            instructions.Add((ControlAction.Liquidate, reason));
        }

        if (stored?.Resume is { } asked)
        {
            instructions.Add((asked, ExitReason.None));
        }

        return instructions;
    }

    private static string? VenueOf(TradingEngineOptions options, IOrderGateway gateway) =>
        options.RequireCleanStop ? null : (gateway as IRecoverableGateway)?.Venue;

    // Who only gives an instruction to what is stored has no settings of its own.
    private static JournalOptions JournalOf(TradingEngineOptions options, bool keepsGroups) => options.Journal with
    {
        TakerFee = options.Paper.TakerFee,
        KeepsMeasuredGroups = keepsGroups,
        KeepsLimits = options.RequireCleanStop,
        Rebalance = options.RequireCleanStop ? null : (options.Rebalance ?? new RebalanceOptions()).Row,
    };

    // Before anything is written: a contradiction leaves the database as it is.
    private static ReconciledSession Reconcile(
        StoredSession broken, PairSetup[] pairs, IRecoverableGateway gateway, TradingEngineOptions options) =>
        Task.Run(() => SessionReconciler.RunAsync(broken, pairs, gateway, options, CancellationToken.None))
            .GetAwaiter().GetResult();

    private static void TakeOver(ReconciledSession recovered, TradingPipeline pipeline, IRecoverableGateway gateway)
    {
        pipeline.Recover(recovered.Portfolio);
        long[] held = new long[pipeline.Pairs.Length];
        foreach (StoredPosition position in recovered.Portfolio.Positions)
        {
            PairSetup pair = pipeline.Pairs[position.Product];
            held[position.Product] = decimal.ToInt64(position.Ledger.Quantity * pair.Product.QuantityScale);
        }

        PortfolioMetrics metrics = pipeline.Metrics();
        decimal cash = metrics.TotalCapital + metrics.RealizedPnl - metrics.DeployedCapital;
        gateway.Adopt(new AdoptedPortfolio(recovered.Orders, held, cash, recovered.Portfolio.AtNs)
        {
            LastWritten = recovered.LastWritten,
        });
    }

    private static void SendCancels(ReconciledSession? recovered, IOrderGateway gateway)
    {
        foreach (OrderCommand cancel in recovered?.Cancels ?? [])
        {
            gateway.Submit(in cancel);
        }
    }

    // From the first event on, until the gateway says that it has asked about everything.
    private static void RefuseEntries(ReconciledSession? recovered, TradingPipeline pipeline)
    {
        if (recovered is null or { IsAnew: true })
        {
            return;
        }

        Tell(HealthFlag.NotReconciled, isBad: true, recovered.Portfolio.AtNs, pipeline);
    }

    // What a person was to look at stays a reason until somebody says that it was looked at.
    private static void RefuseEntries(StoredJournal? stored, TradingPipeline pipeline, AlarmWatch alarms, long nowNs)
    {
        if (stored?.Halt is { } halt)
        {
            Tell(HealthFlag.OrdersUnexplained, isBad: true, nowNs, pipeline);
            alarms.Tell(halt, stored.Path);
        }
    }

    // A stored state has what was bad when it was stored. Who tells of these begins with "good" and does not say so.
    private static void ForgetHealth(long nowNs, TradingPipeline pipeline)
    {
        Tell(HealthFlag.FeedDown, isBad: false, nowNs, pipeline);
        Tell(HealthFlag.ClockSkew, isBad: false, nowNs, pipeline);
        Tell(HealthFlag.JournalLag, isBad: false, nowNs, pipeline);
        Tell(HealthFlag.JournalFailed, isBad: false, nowNs, pipeline);
    }

    private static void Tell(HealthFlag flag, bool isBad, long atNs, TradingPipeline pipeline)
    {
        ref TradingEvent e = ref pipeline.Claim(out long sequence);
        e = default;
        e.Kind = EventKind.FeedState;
        e.Count = 1;
        e.Health = flag;
        e.Product = -1;
        e.Quantity = isBad ? 1 : 0;
        e.ReceivedAtNs = atNs;
        pipeline.Publish(sequence);
    }

    /// <summary>Runs until a stop is asked for, or something has failed, and closes everything; its thread.</summary>
    /// <param name="atMost">How long the end may take.</param>
    /// <param name="isStopping">Whether a stop was asked for.</param>
    /// <returns>What ended the engine, and what of its end failed; null when nothing did.</returns>
    public (Exception? Fault, Exception? StopFault) Run(TimeSpan atMost, Func<bool> isStopping)
    {
        Exception? fault = null;
        Exception? stopFault = null;
        try
        {
            Loop.Run();
            Finish(atMost);
        }
        catch (Exception e) when (isStopping() && Pipeline.Fault is null)
        {
            stopFault = e;
        }
        catch (Exception e)
        {
            // Whatever it was, nobody publishes any more: callers are told, the journal is closed.
            fault = Pipeline.Fault ?? e;
        }

        Exception? closeFault = Close(atMost, isFaulted: fault is not null);
        return (fault, stopFault ?? closeFault);
    }

    /// <summary>
    /// Brings everything under way to an end and stores the state; the engine's thread. A state in which something at
    /// the venue is in doubt is not stored: the next start finds out from the rows and the venue, as after a crash.
    /// </summary>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    /// <exception cref="JournalException">The state could not be committed.</exception>
    private void Finish(TimeSpan atMost)
    {
        long begun = Stopwatch.GetTimestamp();
        CheckpointWriter? state;
        do
        {
            if (!Loop.Settle(atMost) || Stopwatch.GetElapsedTime(begun) > atMost)
            {
                throw new TimeoutException(
                    $"after {atMost.TotalSeconds:0.#} s {_journal.Outstanding} intents still waited for their commit; "
                    + "the state was not stored");
            }

            Pipeline.JournalOpenPositions();
            IsLeftInDoubt = _gateway is IRecoverableGateway && _gateway.IsInDoubt;
            state = IsLeftInDoubt ? null : SessionState.Save(Pipeline, _gateway, _signals, _rebalances);
        }
        while (Loop.TakeNews());        // the venue's part of the state may have it, the pipeline's has not

        _valuation?.KeepLast(EngineLoop.NowNs(_time));
        if (state is not null)
        {
            _journal.Checkpoint(state, Pipeline.Counters.Ticks, EngineLoop.NowNs(_time));
        }
    }

    /// <summary>Ends the stages' threads, commits what waits and closes the database.</summary>
    /// <returns>What went wrong; null when nothing did.</returns>
    private Exception? Close(TimeSpan atMost, bool isFaulted)
    {
        _meter.Dispose();
        Exception? fault = Caught(() => _valuation?.Dispose());
        fault = Caught(() =>
        {
            if (isFaulted || !Pipeline.Stop(atMost))
            {
                Pipeline.Dispose();
            }
            else
            {
                _recorder?.Complete(Pipeline.Hash);
            }
        }) ?? fault;
        fault = Caught(_alarms.Dispose) ?? fault;
        fault = Caught(() => (_gateway as IDisposable)?.Dispose()) ?? fault;
        fault = Caught(() => _recorder?.Dispose()) ?? fault;
        return Caught(_journal.Close) ?? fault ?? RecordingFault();
    }

    private IOException? RecordingFault() => _recorder?.Fault is { } told ? new IOException(told) : null;

    // Whatever it is, the rest has to be closed too, and an exception on the engine's thread would end the process.
    private static Exception? Caught(Action step)
    {
        try
        {
            step();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
