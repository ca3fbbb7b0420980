using LowLatencyPortfolio.ExchangeSim.CommandLine;
using LowLatencyPortfolio.ExchangeSim.Wire.Feed;
using Microsoft.Extensions.Hosting;

namespace LowLatencyPortfolio.ExchangeSim.Play;

/// <summary>Starts the player when it is time to.</summary>
/// <param name="player">Plays.</param>
/// <param name="options">Say when and how fast.</param>
/// <param name="sessions">Who follows the market.</param>
/// <param name="clock">The venue's clock.</param>
internal sealed class PlayService(
    TickPlayer player, SimOptions options, SessionList sessions, StepVenueClock clock) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Speed == PlaySpeed.Step)
        {
            return;
        }

        // The host waits for the first await: what follows may be long.
        await Task.Yield();
        while (options.WaitsForSubscriber && !sessions.HasMarketSubscriber())
        {
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Look, CancellationToken.None);
        }

        if (options.Rebase)
        {
            clock.MoveTo(VenueTime.ToNs(DateTime.UtcNow));
            player.StartAt(clock.NowNs);
        }

        await player.RunAsync(options.Speed, stoppingToken);
    }
}
