using System.Globalization;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Twin;

/// <summary>The screened stages against the plain-decimal reference engine, on random markets and venues.</summary>
public sealed class TwinTests(ITestOutputHelper output)
{
    private const int Seeds = 112;
    private const int MarketEventsPerSeed = 14_000;

    // Left out: a product outside the list has no index to be asked for by; a sell that exceeds the position is never
    // even decided; a full queue and a move overtaken by a halt are too rare for a random run, an
    // order is taken over after a crash only; these have tests of their own.
    private static readonly string[] s_mustOccur =
    [
        .. Enum.GetValues<DecisionKind>().Where(kind => kind != DecisionKind.None).Select(kind => $"decision {kind}"),
        .. Enum.GetValues<RiskVerdict>()
            .Except([
                RiskVerdict.None, RiskVerdict.ProductNotAllowed, RiskVerdict.SellExceedsPosition,
                RiskVerdict.EntryQueueFull, RiskVerdict.StopMovesSuspended])
            .Select(verdict => $"verdict {verdict}"),
        .. Enum.GetValues<ReportKind>().Except([ReportKind.None, ReportKind.TakenOver])
            .Select(kind => $"report {kind}"),
        .. Enum.GetValues<EventKind>().Except([EventKind.None]).Select(kind => $"kind {kind}"),
        .. Enum.GetValues<ControlAction>().Where(action => action != ControlAction.None)
            .Select(action => $"control {action}"),
        .. Enum.GetValues<TradingMode>().Select(mode => $"mode {mode}"),
        .. Enum.GetValues<ExitReason>().Where(reason => reason != ExitReason.None).Select(reason => $"exit {reason}"),
        .. Enum.GetValues<TickVerdict>().Where(verdict => verdict != TickVerdict.None)
            .Select(verdict => $"tick {verdict}"),
        "breaker trips", "additional stop", "stops merged", "held tick confirmed", "fill applied late",
        "fill seen twice", "tick that no stage saw", "naked alarm",
        "reduction ended before its sell", "coins left", "stop taken twice", "coins contested",
        "stop beside contested coins", "exit beside contested coins", "stop for coins that are free again",
        "exit of coins that are free again", "naked alarm of an exit", "part naked", "naked alarm without prices",
        "stop of a kind that is not taken", "stop invalid twice", "sell of a part overdue",
        "buy overtaken by the mode",
    ];

    [Fact]
    public void Stages_decide_as_the_plain_decimal_engine_after_every_one_of_a_million_events()
    {
        TwinCoverage coverage = new();
        long events = 0;
        Parallel.For(1, Seeds + 1, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            TwinRun run = new(seed);
            run.Run(MarketEventsPerSeed);
            lock (coverage)
            {
                coverage.Add(run.Coverage);
                events += run.Events;
            }
        });

        List<string> never = [.. s_mustOccur.Where(what => !coverage.Counts.ContainsKey(what))];
        foreach ((string what, long count) in coverage.Counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"{count,10} {what}");
        }

        Assert.True(events >= 1_000_000, $"{events} events");
        Assert.True(never.Count == 0, $"never happened: {string.Join(", ", never)}");
    }

    /// <summary>LLP_TWIN_SEED repeats one seed, or a range such as 65-400.</summary>
    [Fact]
    public void One_seed_can_be_repeated_alone()
    {
        string[] range = (Environment.GetEnvironmentVariable("LLP_TWIN_SEED") ?? "1").Split('-');
        int first = int.Parse(range[0], CultureInfo.InvariantCulture);
        int last = int.Parse(range[^1], CultureInfo.InvariantCulture);
        for (int seed = first; seed <= last; seed++)
        {
            TwinRun run = new(seed);
            run.Run(MarketEventsPerSeed);
            Assert.True(run.Events > MarketEventsPerSeed);
        }
    }
}
