using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Exchanges;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost;

/// <summary>Hands the feed's trades to the engine at their time, and ends the host when there are no more.</summary>
internal sealed partial class FeedService(
    IMarketFeed feed, MultiPairOrchestrator portfolio, IHostApplicationLifetime lifetime, ILogger<FeedService> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        const long NsPerTick = 100;
        DateTimeOffset begin = TimeProvider.System.GetUtcNow();
        long beginNs = (begin - DateTimeOffset.UnixEpoch).Ticks * NsPerTick;
        int trades = 0;
        while (feed.TryRead(out MarketTick tick))
        {
            TimeSpan early = begin.AddTicks(tick.TimeNs / NsPerTick) - TimeProvider.System.GetUtcNow();
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, stoppingToken);
            }

            tick.TimeNs += beginNs;
            trades += portfolio.Engine.PublishTick(in tick) ? 1 : 0;
        }

        PortfolioMetrics metrics = (await portfolio.GetPortfolioStatusAsync(stoppingToken)).Metrics;
        LogEnd(trades, metrics.ActivePositions, metrics.ClosedPositions, metrics.DeployedCapital);
        lifetime.StopApplication();
    }

    [LoggerMessage(
        1, LogLevel.Information,
        "the feed has ended after {Trades} trades: {Active} positions open, {Closed} closed, ${Deployed:N0} deployed")]
    private partial void LogEnd(int trades, int active, long closed, decimal deployed);
}
