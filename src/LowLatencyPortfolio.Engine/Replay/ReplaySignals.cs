using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine.Replay;

/// <summary>
/// The signals of a replay: judged at quiescence while the feeder waits, without a deadline, so that a repeat is exact.
/// </summary>
/// <remarks>
/// Thread: the feeder's; answers to entries come on Dispatch's. The judging itself runs on a thread of its own, because
/// generators allocate and the feeder's thread does not.
/// </remarks>
internal sealed class ReplaySignals : IOrderObserver, IDisposable
{
    /// <summary>The source that marks a signal's entry in the ring.</summary>
    public const int Source = 1;

    private const string SectionName = "signals-1";

    private readonly PairSetup[] _pairs;
    private readonly string _settings;
    private readonly RoundQueue _queue;
    private readonly SignalDesk _desk;
    private readonly SignalRound _round;
    private readonly List<ScriptedCommand> _entries = new(64);
    private readonly SideThread _side;
    private PortfolioBoard? _board;
    private PortfolioSnapshot? _snapshot;
    private long _nowNs;

    public ReplaySignals(PairSetup[] pairs, SignalOptions options, ISignalGenerator generator)
    {
        const int Rounds = 2;       // each is judged before the next market event
        _pairs = pairs;
        _settings = options.ToString();
        _queue = new RoundQueue(pairs.Length, Rounds);
        _desk = new SignalDesk(pairs, options);
        Consumer = new CandleConsumer(pairs.Length, options.Confirmation.CandleSeconds, delayNs: 0, _queue);
        _round = new SignalRound(generator, Timeout.InfiniteTimeSpan, TimeProvider.System);
        _side = new SideThread("llp signals", JudgeAll);
    }

    /// <summary>What builds the candles, for the pipeline.</summary>
    public CandleConsumer Consumer { get; }

    /// <summary>Groups that the rounds judged last changed; the feeder publishes and clears them.</summary>
    public List<GroupChange> Groups { get; } = [];

    /// <summary>What signals came to; at quiescence.</summary>
    public SignalReadings Read(TradingPipeline pipeline) => _desk.Tally.Read(Consumer, _desk.Fusion?.Readings) with
    {
        Risk = _desk.Correlation?.Measure(HeldRisks.Of(pipeline.ReadPairs()), pipeline.Metrics().Equity),
    };

    /// <summary>Correlations that were not asked for yet; at quiescence.</summary>
    public CorrelationRows? NewCorrelations() => _desk.Correlation?.NewRows();

    /// <summary>Entries of the rounds judged last, the surest first; the feeder publishes and clears them.</summary>
    public List<ScriptedCommand> Entries => _entries;

    /// <summary>The fused model; null where it is off.</summary>
    public FusionDesk? Fusion => _desk.Fusion;

    /// <summary>Where the portfolio is read, its state restored; before the first round.</summary>
    public void Attach(TradingPipeline pipeline)
    {
        _board = pipeline.Board;
        _snapshot = _board.NewSnapshot();
        _desk.Correlation?.Follow(pipeline.MeasuredGroups());
    }

    /// <summary>Judges the rounds that wait; at quiescence.</summary>
    /// <param name="nowNs">Event time, ns UTC.</param>
    /// <returns>Whether there was any.</returns>
    /// <exception cref="InvalidOperationException">The judging itself failed; a generator that throws does
    /// not.</exception>
    public bool Judge(long nowNs)
    {
        if (_queue.Outstanding == 0)
        {
            return false;
        }

        _nowNs = nowNs;
        return _side.Do() is { } fault
            ? throw new InvalidOperationException("the signals could not be judged", fault)
            : true;
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Section(SectionName);
        writer.Write(_settings);
        Consumer.Save(writer);
        _desk.Save(writer);
    }

    /// <summary>Takes a stored state back; with other settings, which only another input can have, all begins
    /// anew.</summary>
    public void Restore(CheckpointReader reader)
    {
        reader.Section(SectionName);
        if (reader.ReadString() == _settings)
        {
            Consumer.Restore(reader);
            _desk.Restore(reader);
        }
    }

    public void Dispose() => _side.Dispose();

    void IOrderObserver.EntryAnswered(int source, RiskVerdict verdict, long sequence)
    {
        if (source == Source)
        {
            _desk.Tally.Answer(verdict);
        }
    }

    void IOrderObserver.ExitProgressed(int product, ExitProgress progress)
    {
    }

    private void JudgeAll()
    {
        while (_queue.TryPeek(out CandleRound round))
        {
            _desk.Learn(round);
            Groups.AddRange(_desk.Correlation?.Learn(round) ?? []);
            _board!.Read(_snapshot!);
            IReadOnlyList<SignalCheck> checks = _round
                .AskAsync(_pairs, _snapshot!, _desk.Shown, CancellationToken.None).GetAwaiter().GetResult();
            foreach (EntrySignal entry in _desk.Choose(checks, _snapshot!, round))
            {
                Take(entry, _pairs.Single(pair => pair.ProductId == entry.ProductId));
            }

            _queue.Release();
        }
    }

    private void Take(EntrySignal entry, PairSetup pair)
    {
        RiskVerdict refusal = EntryTerms.Read(entry, pair.Product, out long limit, out long quantity);
        if (refusal != RiskVerdict.Approved)
        {
            _desk.Tally.Answer(refusal);
            return;
        }

        OrderType type = limit == 0 ? OrderType.Market : OrderType.Limit;
        _entries.Add(new ScriptedCommand(_nowNs, pair.Index, type, limit, quantity));
    }
}
