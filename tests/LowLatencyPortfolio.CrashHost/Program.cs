using LowLatencyPortfolio.CrashHost;
using LowLatencyPortfolio.Domain;
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
LiveSession? session = null;
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
    session = new LiveSession(watched, options with
    {
        Gateway = pairs => new WatchedGateway((IRecoverableGateway)options.Gateway!(pairs), plan),
        Watch = journal => new WatchedJournal(journal, plan),
    });
    return session;
}

async Task ListenAsync()
{
    while (await Console.In.ReadLineAsync().ConfigureAwait(false) is { } line)
    {
        if (line == "go")
        {
            clock.Go();
        }
        else if (line == "rebalance")
        {
            await RebalanceAsync().ConfigureAwait(false);
        }
    }
}

// Until one has begun: what the gate waits for, a price or the venue's word, comes by itself.
async Task RebalanceAsync()
{
    IReadOnlyList<RebalanceResult> results;
    do
    {
        await Task.Delay(TimeSpan.FromMilliseconds(20)).ConfigureAwait(false);
        results = await session!.Portfolio.RebalanceAsync(execute: true).ConfigureAwait(false);
    }
    while (results.All(result => result.Verdict != RiskVerdict.Approved));
}
