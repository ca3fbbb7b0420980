using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Lets an engine live as long as its host. A fault is logged as critical; whether the host goes on is the host's
/// decision.
/// </summary>
internal sealed partial class EngineService(MultiPairOrchestrator orchestrator, string name, ILogger logger)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        TradingEngine engine = orchestrator.Build();
        engine.Alarmed += Log;
        engine.Faulted += fault => LogFault(fault, name);     // before the start: its first events may be the last
        orchestrator.Start();
        foreach (string warning in engine.Warnings)
        {
            LogWarning(name, warning);
        }

        LogStarted(name, engine.EngineId, engine.Epoch, engine.Pairs.Count);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await orchestrator.StopAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        LogStopped(name);
    }

    private void Log(EngineAlarm alarm)
    {
        if (alarm.IsOver)
        {
            LogOver(name, alarm.Text);
        }
        else
        {
            LogAlarm(name, alarm.Text);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "{Name}: started as llp-{EngineId}-{Epoch} with {Pairs} pairs")]
    private partial void LogStarted(string name, string engineId, long epoch, int pairs);

    [LoggerMessage(2, LogLevel.Information, "{Name}: stopped")]
    private partial void LogStopped(string name);

    [LoggerMessage(3, LogLevel.Warning, "{Name}: {Warning}")]
    private partial void LogWarning(string name, string warning);

    [LoggerMessage(4, LogLevel.Critical, "{Name}: ended by a fault; resting stops stay, nobody moves them")]
    private partial void LogFault(Exception fault, string name);

    [LoggerMessage(5, LogLevel.Error, "{Name}: {Alarm}")]
    private partial void LogAlarm(string name, string alarm);

    [LoggerMessage(6, LogLevel.Information, "{Name}: {Alarm}")]
    private partial void LogOver(string name, string alarm);
}
