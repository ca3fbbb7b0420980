using LowLatencyPortfolio.Engine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EmbeddedHost;

/// <summary>Writes into the host's log what the engine does, from its first event to its last.</summary>
/// <remarks>It listens before the engine starts, and ends because the engine's stream does.</remarks>
internal sealed partial class TradeLog(MultiPairOrchestrator portfolio, ILogger<TradeLog> logger) : BackgroundService
{
    private readonly EngineEvents _events = portfolio.Build().Listen();

    public override void Dispose()
    {
        _events.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (EngineEvent told in _events.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (told.Kind is not (EngineEventKind.Alarm or EngineEventKind.AlarmOver))     // the engine logs those
            {
                LogTold(told);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Told}")]
    private partial void LogTold(EngineEvent told);
}
