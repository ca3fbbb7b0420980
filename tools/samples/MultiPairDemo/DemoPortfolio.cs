using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace MultiPairDemo;

/// <summary>The portfolio of the demonstration: capital, limits, eight pairs of different sizes and trails.</summary>
internal static class DemoPortfolio
{
    public static readonly PortfolioConfig Limits = new()
    {
        TotalCapital = 100_000m,
        MaxPositionSizePct = 6m,
        MaxPositions = 6,
        MaxCorrelatedExposurePct = 12m,
        RebalanceThresholdPct = 1m,
        MaxConcurrentEntries = 3,
    };

    // Fees of 0.6 and 1.2 % would hide what entries and stops do; these are those of a large account.
    public static readonly PaperConfig Venue = new() { MakerFee = 0.0006m, TakerFee = 0.0012m, SlippageBps = 5m };

    public static readonly ConfirmationSettings Votes = new() { CandleSeconds = 300 };

    public static readonly (ProductSpec Product, PairConfig Config)[] Pairs =
    [
        Pair("ADA-USD", 0.0001m, 0.01m, sizePct: 2m, trailPct: 0.05m, group: "layer-1"),
        Pair("AVAX-USD", 0.01m, 0.001m, sizePct: 2m, trailPct: 0.06m, group: "layer-1"),
        Pair("BTC-USD", 0.01m, 0.00000001m, sizePct: 5m, trailPct: 0.02m, group: "majors"),
        Pair("DOGE-USD", 0.00001m, 0.1m, sizePct: 1m, trailPct: 0.08m, group: "payments"),
        Pair("ETH-USD", 0.01m, 0.00000001m, sizePct: 4m, trailPct: 0.03m, group: "majors"),
        Pair("LINK-USD", 0.001m, 0.01m, sizePct: 2.5m, trailPct: 0.05m, group: "oracle"),
        Pair("SOL-USD", 0.01m, 0.001m, sizePct: 3m, trailPct: 0.04m, group: "layer-1"),
        Pair("XRP-USD", 0.0001m, 0.000001m, sizePct: 1.5m, trailPct: 0.06m, group: "payments"),
    ];

    /// <summary>An engine that trades on paper, keeps a database, and leaves it to the caller when to ask.</summary>
    public static MultiPairOrchestrator Engine(ISignalGenerator signals, TimeProvider clock, string database)
    {
        // README portfolio
        MultiPairOrchestrator portfolio = new(
            new TradingEngineOptions
            {
                Portfolio = Limits,
                Paper = Venue,
                DatabasePath = database,
                Journal = new JournalOptions { LagLimit = TimeSpan.FromMinutes(10) },     // no refusal by a slow disk
                Time = clock,
                Topology = Topology.Inline,
                MaxPriceAgeSeconds = 600,
                Signals = new SignalOptions { Confirmation = Votes, CloseDelayMs = 0, AskAtClose = false },
            },
            signals);
        foreach ((ProductSpec product, PairConfig config) in Pairs)
        {
            portfolio.RegisterPair(config, product);
        }

        portfolio.Start();
        // README ends
        return portfolio;
    }

    private static (ProductSpec Product, PairConfig Config) Pair(
        string productId, decimal priceIncrement, decimal quantityIncrement, decimal sizePct, decimal trailPct,
        string group) => (
        new ProductSpec(productId, priceIncrement, quantityIncrement, quantityIncrement, minNotional: 1m),
        new PairConfig
        {
            ProductId = productId, PositionSizePct = sizePct, TrailPct = trailPct, CorrelationGroup = group,
        });
}
