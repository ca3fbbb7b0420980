using System.CommandLine;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary><c>llp-lab throughput</c>.</summary>
internal static class ThroughputCommand
{
    /// <summary>
    /// Least rise of a stop worth sending; small, so that stops move often enough to be seen in the figure.
    /// </summary>
    public const decimal MinRatchet = 0.0005m;

    /// <summary>Ticks of a round that is not counted.</summary>
    public const int WarmUpTicks = 200_000;

    public static Command Build()
    {
        Option<int> ticks = LabOptions.Number("--ticks", "ticks a round", 2_000_000, 1_000, 200_000_000);
        Option<int> pairs = LabOptions.Number("--pairs", "pairs, all of them held", 10, 1, 5_000);
        Option<int> rounds = LabOptions.Number("--rounds", "counted rounds", 5, 1, 1_000);
        Option<double> wakes = LabOptions.Share(
            "--wake-pct", "share of ticks that move a stop, percent", LabOptions.SampleWakePct);
        Option<int> seed = LabOptions.Number("--seed", "of the random walk", 1, 0, int.MaxValue);
        Option<int> ring = LabOptions.PowerOfTwo(
            "--ring", "slots of the ring and of the bounded channel", 1024, 1 << 24);
        Option<string[]> only = new("--only")
        {
            Description = "candidates to run, by JSON key", AllowMultipleArgumentsPerToken = true,
        };
        only.AcceptOnlyFromAmong([.. Candidates.Of(Setup(pairs: 1, ring: 2)).Select(kind => kind.JsonKey)]);
        Option<string?> json = LabOptions.Json();
        Command command = new("throughput", "the same ticks through the pipeline and its alternatives")
        {
            ticks, pairs, rounds, wakes, seed, ring, only, json,
        };
        command.SetAction(result =>
        {
            StreamOptions options = new(
                result.GetValue(ticks), result.GetValue(pairs), result.GetValue(seed), result.GetValue(wakes),
                StepNs: 100_000);
            Run(
                options, result.GetValue(ring), result.GetValue(rounds), result.GetValue(only) ?? [],
                result.GetValue(json));
            return 0;
        });
        return command;
    }

    public static TickStream Record(StreamOptions options, LabSetup setup)
    {
        long[] prices =
            [.. setup.Pairs.Select(pair => decimal.ToInt64(LabPortfolio.StartPrice * pair.Product.PriceScale))];
        // A stop moves once its level rose by MinRatchet: that often a drift of MinRatchet times the share wanted gets
        // there.
        double driftBp = options.WakePct / 100 * (double)MinRatchet * 10_000;
        RandomWalk walk = new(prices, setup.Pairs[0].Product.PriceIncrementUnits, options.Seed, stepBp: 0.4, driftBp);
        return StreamRecorder.Record(options, setup, walk);
    }

    public static LabSetup Setup(int pairs, int ring) => new(
        LabPortfolio.Pairs(pairs, MinRatchet),
        LabPortfolio.Config(pairs),
        new PipelineOptions
        {
            Topology = Topology.Fused, RingCapacity = ring, OrderCapacity = Math.Max(4096, 4 * pairs),
        });

    private static void Run(StreamOptions options, int ring, int rounds, string[] only, string? json)
    {
        Progress progress = new();
        progress.Show("recording the ticks");
        LabSetup setup = Setup(options.Pairs, ring);
        TickStream stream = Record(options, setup);
        CandidateKind[] kinds =
            [.. Candidates.Of(setup).Where(kind => only.Length == 0 || only.Contains(kind.JsonKey))];
        Conditions conditions = Conditions.Now();
        ThroughputRun run = new(
            stream, Record(options with { Ticks = Math.Min(options.Ticks, WarmUpTicks) }, setup), kinds, progress.Show);
        run.WarmUp();
        IReadOnlyList<CandidateFigures> figures = run.Run(rounds);
        progress.Show("");
        ThroughputReport report = new(options, ring, stream, figures, conditions);
        JsonOutput.Write(json, report.WriteJson);
        if (json != "-")
        {
            report.WriteText(Console.Out);
        }
    }
}
