using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>How a live engine is made: limits, threads, venue, database.</summary>
/// <remarks>Thread: immutable.</remarks>
public sealed record TradingEngineOptions
{
    /// <summary>Capital and limits.</summary>
    public PortfolioConfig Portfolio { get; init; } = new();

    /// <summary>
    /// Fees, slippage and latency of the paper venue; its taker fee also goes into what entries reserve.
    /// </summary>
    public PaperConfig Paper { get; init; } = new();

    /// <summary>
    /// Makes the venue; null is the paper venue with <see cref="PortfolioConfig.TotalCapital"/> of cash. Any other may
    /// be one of real money, so <see cref="PortfolioConfig.MaxOrderNotional"/> is required with it.
    /// </summary>
    public Func<IReadOnlyList<PairSetup>, IOrderGateway>? Gateway { get; init; }

    /// <summary>Database to keep and to continue from; null keeps nothing.</summary>
    public string? DatabasePath { get; init; }

    /// <summary>
    /// File that keeps every event of the session, for <c>RecordingReplay</c>; it takes the place of an older
    /// recording. Null keeps nothing.
    /// </summary>
    public string? RecordPath { get; init; }

    /// <summary>
    /// How the database is opened and written. <see cref="JournalOptions.Recapitalize"/> is not for live engines and is
    /// ignored.
    /// </summary>
    public JournalOptions Journal { get; init; } = new();

    /// <summary>
    /// Which threads run the stages; <see cref="Topology.Inline"/> runs them on the engine's own thread.
    /// </summary>
    public Topology Topology { get; init; } = Topology.Fused;

    /// <summary>How the stages' threads wait.</summary>
    public WaitMode Wait { get; init; } = WaitMode.SpinThenBlock;

    /// <summary>Whether the engine's thread spins instead of sleeping: a core for it, for the lowest latency.</summary>
    public bool BusyPoll { get; init; }

    /// <summary>Slots of the ring, a power of two. When it is full, ticks conflate.</summary>
    public int RingCapacity { get; init; } = 1024;

    /// <summary>
    /// Items that may wait for the engine's thread, at least 2, rounded up to a power of two. When it is full, callers
    /// wait.
    /// </summary>
    public int InboxCapacity { get; init; } = 4096;

    /// <summary>Oldest price an entry may rely on where the pair does not say, seconds.</summary>
    public int MaxPriceAgeSeconds { get; init; } = 30;

    /// <summary>Refuse <see cref="Topology.Staged"/> when there are fewer cores than stages and two more.</summary>
    public bool RequireCores { get; init; } = true;

    /// <summary>
    /// How candles are built and when signals may enter; null builds none. It takes a <see
    /// cref="MultiPairOrchestrator"/>, to ask at each close one with a signal generator: without one groups are
    /// measured, and nobody is asked. A <see cref="TradingEngine"/> alone only counts <see
    /// cref="PairConfig.MaxEntryWaitCandles"/> by it. Without it an interval of <see cref="Rebalance"/> counts as a
    /// candle, the default one where that is null.
    /// </summary>
    public SignalOptions? Signals { get; init; }

    /// <summary>
    /// When and how the portfolio is rebalanced; null never by itself. It takes a <see cref="MultiPairOrchestrator"/>;
    /// orders follow only with <see cref="RebalanceOptions.Orders"/>.
    /// </summary>
    public RebalanceOptions? Rebalance { get; init; }

    /// <summary>How long a stop may take to bring what is under way to an end.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// After a crash: how far apart two looks at the venue are in which coins of a position have to be missing before
    /// the position is made smaller; at least 0.
    /// </summary>
    public TimeSpan ReconcileConfirmAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// After a crash: how far before the newest fill that was written down, or the oldest order that may still trade,
    /// the venue's fills are listed; at least 0, and at least as long as its lists may be late and the clocks may
    /// differ.
    /// </summary>
    public TimeSpan FillsOverlap { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>After a crash: how long the venue may take to say what became of our orders.</summary>
    public TimeSpan ReconcileTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The clock. Its UTC is taken once, its timestamps carry on from there (<see cref="SteadyClock"/>): a clock that
    /// is set back stops no timer. Give a venue of your own the same <see cref="SteadyClock"/>.
    /// </summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Refuses a session that broke off, also where it could go on.</summary>
    internal bool RequireCleanStop { get; init; }

    /// <summary>For tests: stands between the stages and the journal of a session on a database.</summary>
    internal Func<ISessionJournal, ISessionJournal> Watch { get; init; } = journal => journal;

    internal PipelineOptions PipelineOptions => new()
    {
        Topology = Topology,
        Wait = Wait,
        RingCapacity = RingCapacity,
        SelfPublish = Topology != Topology.Inline,
        TakerFee = Paper.TakerFee,
        DefaultMaxPriceAgeSeconds = MaxPriceAgeSeconds,
        RequireCores = RequireCores,
        CandleSeconds = RebalanceOptions.LiveEntryCandleSeconds(Signals, Rebalance),
    };
}
