using LowLatencyPortfolio.CrashHost;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Host.Live;

// llp run --feed coinbase --gateway coinbase, wired by llp's own code, with a hook at each seam.
CrashPlan plan = CrashPlan.FromEnvironment(Environment.GetEnvironmentVariable);
SqliteWatch.Install(plan);
HeldClock clock = new(plan);
using OpeningWatch output = new(Console.Out, clock.Begin);
using RestRelay relay = new(plan);
ResumeCommand resume = new(output, Console.Error);
ReplayCommand replay = new(output, Console.Error);
LiveCommand live =
    new(output, Console.Error, isTerminal: false, Environment.GetEnvironmentVariable, replay.Execute, Open);
_ = Task.Run(ListenAsync);
return new LlpCommandLine(
        options => live.Execute(options with { Endpoints = relay.Stand(options.Endpoints!) }), resume.Execute,
        replay.Execute)
    .Invoke(args, output, Console.Error);

LiveSession Open(LiveRequest request)
{
    LiveRequest watched = request with { Time = clock };
    TradingEngineOptions options = watched.EngineOptions;
    return new LiveSession(watched, options with
    {
        Gateway = pairs => new WatchedGateway((IRecoverableGateway)options.Gateway!(pairs), plan),
        Watch = journal => new WatchedJournal(journal, plan),
    });
}

async Task ListenAsync()
{
    while (await Console.In.ReadLineAsync().ConfigureAwait(false) is { } line)
    {
        if (line == "go")
        {
            clock.Go();
        }
    }
}
