using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>
/// Pairs and options that the tests share. A pair trails by 2 %, so a position opened at 100 has its stop at 98.
/// </summary>
internal static class Market
{
    public static readonly string[] Five = ["ADA-USD", "BTC-USD", "ETH-USD", "SOL-USD", "XRP-USD"];

    public static (ProductSpec Product, PairConfig Config) Pair(
        string productId, Func<PairConfig, PairConfig>? change = null)
    {
        PairConfig config = new() { ProductId = productId, StopLimitBufferPct = 0.02m };
        return (new ProductSpec(productId, 0.01m, 0.0001m, 0.0001m, 1m), change is null ? config : change(config));
    }

    public static (ProductSpec Product, PairConfig Config)[] Pairs(params string[] productIds) =>
        [.. productIds.Select(id => Pair(id))];

    public static TradingEngineOptions Options(Func<IReadOnlyList<PairSetup>, IOrderGateway>? gateway = null) => new()
    {
        Paper = new PaperConfig { SlippageBps = 0m },
        Gateway = gateway,
        Portfolio = new PortfolioConfig
        {
            MaxCorrelatedExposurePct = 100m, MaxOrderNotional = gateway is null ? null : 100_000m,
        },
    };

    public static PaperGateway Paper(IReadOnlyList<PairSetup> pairs) => new(
        new PaperExchange(new PaperConfig { SlippageBps = 0m }, [.. pairs], 100_000m, new bool[pairs.Count]));

    public static EntrySignal Buy(string productId, decimal? limit = 100m, decimal? quantity = 10m) => new()
    {
        ProductId = productId, ShouldEnter = true, Confidence = 0.9m, LimitPrice = limit, Quantity = quantity,
    };

    public static MultiPairOrchestrator Started(TradingEngineOptions options, params string[] productIds) =>
        Started(new MultiPairOrchestrator(options), productIds);

    public static MultiPairOrchestrator Started(MultiPairOrchestrator orchestrator, params string[] productIds)
    {
        foreach ((ProductSpec product, PairConfig config) in Pairs(productIds))
        {
            orchestrator.RegisterPair(config, product);
        }

        orchestrator.Start();
        return orchestrator;
    }

    /// <summary>Buys 10 at 100 in each pair and waits until the stop rests at 98.</summary>
    public static async Task HoldAsync(MultiPairOrchestrator orchestrator, params string[] productIds)
    {
        foreach (string productId in productIds)
        {
            await Until.Done(orchestrator.HandlePriceUpdateAsync(productId, 100m));
        }

        IReadOnlyList<EntryResult> results = await Until.Done(
            orchestrator.SubmitCoordinatedEntriesAsync([.. productIds.Select(id => Buy(id))]));
        Assert.All(results, result => Assert.Equal(RiskVerdict.Approved, result.Verdict));
        foreach (string productId in productIds)
        {
            await Until.True(
                () => orchestrator.GetPortfolioStatus().Pair(productId).Exposure > 0m, $"{productId} is on its way");
            await Until.Done(orchestrator.HandlePriceUpdateAsync(productId, 100m));
        }

        foreach (string productId in productIds)
        {
            await Until.True(() => Tick(orchestrator, productId).StopTrigger == 98m, $"{productId} has its stop");
        }
    }

    private static PairStatus Tick(MultiPairOrchestrator orchestrator, string productId)
    {
        PairStatus status = orchestrator.GetPortfolioStatus().Pair(productId);
        if (status.Held == 0m)
        {
            // The order may have arrived after the tick before.
            orchestrator.Engine.PublishTick(productId, 100m, 0m, 0, 0);
        }

        return status;
    }
}
