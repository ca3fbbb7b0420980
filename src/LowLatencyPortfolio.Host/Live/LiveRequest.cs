using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Live;

/// <summary>A live run, everything looked up and checked.</summary>
internal sealed record LiveRequest
{
    /// <summary>Capital and limits.</summary>
    public required PortfolioConfig Portfolio { get; init; }

    /// <summary>Fees that are reckoned with; on paper also slippage and latency.</summary>
    public required PaperConfig Paper { get; init; }

    /// <summary>The pairs by index.</summary>
    public required PairSetup[] Pairs { get; init; }

    /// <summary>Scripted entries still to come, by time.</summary>
    public required IReadOnlyList<ScriptedCommand> Entries { get; init; }

    /// <summary>How signals find entries; null where they are scripted.</summary>
    public SignalOptions? Signals { get; init; }

    /// <summary>When positions are brought back to their targets.</summary>
    public RebalanceOptions Rebalance { get; init; } = new();

    /// <summary>Where the venue is.</summary>
    public required CoinbaseEndpoints Endpoints { get; init; }

    /// <summary>Which of its feeds the prices come from.</summary>
    public CoinbaseFeedSource Source { get; init; }

    /// <summary>Who trades at the venue; null trades on paper.</summary>
    public required CoinbaseCredentials? Credentials { get; init; }

    /// <summary>What the venue says of the account; null on paper.</summary>
    public required AccountFacts? Account { get; init; }

    /// <summary>Database to keep and to continue from.</summary>
    public required string DatabasePath { get; init; }

    /// <summary>File for the recording; null for none.</summary>
    public required string? RecordPath { get; init; }

    /// <summary>Which threads run the stages.</summary>
    public required Topology Topology { get; init; }

    /// <summary>Whether the threads of feed and engine ask again and again instead of sleeping.</summary>
    public bool BusyPoll { get; init; }

    /// <summary>How long it lasts; null until it is stopped.</summary>
    public required TimeSpan? Length { get; init; }

    /// <summary>The clock of engine and gateway, one for both.</summary>
    public TimeProvider Time { get; init; } = new SteadyClock(TimeProvider.System);

    /// <summary>How the engine is made.</summary>
    public TradingEngineOptions EngineOptions => new()
    {
        Portfolio = Portfolio,
        Paper = Paper,
        DatabasePath = DatabasePath,
        RecordPath = RecordPath,
        Signals = Signals,
        Rebalance = Rebalance,
        Topology = Topology,
        BusyPoll = BusyPoll,
        Time = Time,
        Gateway = Credentials is { } credentials ? pairs => NewGateway(pairs, credentials) : null,
    };

    /// <summary>
    /// How prices come. A product of which nothing is heard for as long as any pair's price may be old is bad until its
    /// next trade.
    /// </summary>
    public CoinbaseFeedOptions FeedOptions => new()
    {
        Source = Source,
        Endpoint = Endpoints.PricesOf(Source),
        ReceiveMode = BusyPoll ? FeedReceiveMode.BusyPoll : FeedReceiveMode.Blocking,
        ProductTimeout = TimeSpan.FromSeconds(
            Pairs.Max(pair => pair.Config.MaxPriceAgeSeconds ?? EngineOptions.MaxPriceAgeSeconds)),
    };

    /// <summary>Makes the venue; nothing is sent yet.</summary>
    /// <param name="pairs">The pairs by index.</param>
    /// <param name="credentials">Who trades there.</param>
    public CoinbaseGateway NewGateway(IReadOnlyList<PairSetup> pairs, CoinbaseCredentials credentials)
    {
        CoinbaseGatewayOptions options = new() { Endpoints = Endpoints, Time = Time };
        if (Signals is { } signals)
        {
            options = options with { Candle = TimeSpan.FromSeconds(signals.Confirmation.CandleSeconds) };
        }

        return new CoinbaseGateway(pairs, credentials, options);
    }
}
