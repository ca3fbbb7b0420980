using LowLatencyPortfolio.ExchangeSim.Wire.Feed;
using Microsoft.Extensions.Hosting;

namespace LowLatencyPortfolio.ExchangeSim.Wire;

/// <summary>What the wire does by the machine's clock: batches of trades, and the beat.</summary>
/// <param name="market">The public channels.</param>
/// <param name="settings">The intervals.</param>
/// <param name="time">The machine's clock.</param>
internal sealed class WirePulse(MarketFeed market, WireSettings settings, TimeProvider time) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        RepeatAsync(settings.Beat, market.Beat, stoppingToken),
        RepeatAsync(settings.TradeBatch, market.FlushTrades, stoppingToken));

    private async Task RepeatAsync(TimeSpan period, Action action, CancellationToken stopping)
    {
        if (period == TimeSpan.Zero)
        {
            return;
        }

        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                action();
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
    }
}
