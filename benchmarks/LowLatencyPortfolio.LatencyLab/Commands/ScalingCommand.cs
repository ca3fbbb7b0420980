using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary><c>llp-lab scaling</c>.</summary>
internal static class ScalingCommand
{
    private const int Ring = 1024;
    private const double MostGrowth = 1.5;
    private static readonly int[] PairCounts = [10, 50, 200, 1_000];

    public static Command Build()
    {
        Option<int> ticks = LabOptions.Number("--ticks", "ticks a round", 1_000_000, 10_000, 100_000_000);
        Option<int> rounds = LabOptions.Number("--rounds", "counted rounds", 5, 1, 1_000);
        Option<double> wakes = LabOptions.Share(
            "--wake-pct", "share of ticks that move a stop, percent", LabOptions.SampleWakePct);
        Option<string?> json = LabOptions.Json();
        Command command = new("scaling", "ns per tick with 10, 50, 200 and 1,000 pairs held, direct calls and Fused")
        {
            ticks, rounds, wakes, json,
        };
        command.SetAction(result => Run(
            result.GetValue(ticks), result.GetValue(rounds), result.GetValue(wakes), result.GetValue(json)));
        return command;
    }

    private static int Run(int ticks, int rounds, double wakePct, string? json)
    {
        Conditions conditions = Conditions.Now();
        Progress progress = new();
        SortedDictionary<int, IReadOnlyList<CandidateFigures>> figures = [];
        SortedDictionary<int, ThroughputRun> runs = [];
        foreach (int pairs in PairCounts)
        {
            progress.Show($"recording {pairs} pairs");
            LabSetup setup = ThroughputCommand.Setup(pairs, Ring);
            StreamOptions options = new(ticks, pairs, Seed: 1, wakePct, StepNs: 100_000);
            TickStream stream = ThroughputCommand.Record(options, setup);
            TickStream warmUp = ThroughputCommand.Record(
                options with { Ticks = Math.Min(ticks, ThroughputCommand.WarmUpTicks) }, setup);
            CandidateKind[] kinds =
                [.. Candidates.Of(setup).Where(kind => kind.JsonKey is Candidates.Direct or Candidates.Fused)];
            runs[pairs] = new ThroughputRun(stream, warmUp, kinds, what => progress.Show($"{pairs} pairs, {what}"));
            runs[pairs].WarmUp();
        }

        // Round by round through all sizes, so that a busy moment of the machine hits them all.
        for (int round = 0; round < rounds; round++)
        {
            foreach ((int pairs, ThroughputRun run) in runs)
            {
                figures[pairs] = run.Run(rounds: 1);
            }
        }

        progress.Show("");
        JsonOutput.Write(json, writer => WriteJson(writer, figures, conditions));
        if (json != "-")
        {
            WriteText(Console.Out, figures, conditions);
        }

        return 0;
    }

    private static void WriteText(
        TextWriter output, SortedDictionary<int, IReadOnlyList<CandidateFigures>> figures, Conditions conditions)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        output.WriteLine(conditions);
        output.WriteLine();
        output.WriteLine($"{"pairs",8}{"direct ns",12}{"fused ns",12}   medians; spread of fused");
        foreach ((int pairs, IReadOnlyList<CandidateFigures> sized) in figures)
        {
            CandidateFigures direct = Of(sized, Candidates.Direct);
            CandidateFigures fused = Of(sized, Candidates.Fused);
            output.WriteLine(string.Create(
                plain,
                $"{pairs,8:N0}{direct.MedianNs,12:F2}{fused.MedianNs,12:F2}   "
                + $"{fused.LowestNs:F2} to {fused.HighestNs:F2}"));
        }

        double growth = Growth(figures);
        output.WriteLine();
        output.WriteLine(string.Create(
            plain,
            $"from 10 to 200 pairs fused grows {growth:F2} times, wanted below {MostGrowth}: "
            + $"{(growth < MostGrowth ? "met" : "missed")}"));
    }

    private static void WriteJson(
        Utf8JsonWriter writer, SortedDictionary<int, IReadOnlyList<CandidateFigures>> figures, Conditions conditions)
    {
        foreach (string key in new[] { Candidates.Direct, Candidates.Fused })
        {
            writer.WriteStartObject(key);
            foreach ((int pairs, IReadOnlyList<CandidateFigures> sized) in figures)
            {
                writer.WriteNumber(
                    pairs.ToString(CultureInfo.InvariantCulture), Math.Round(Of(sized, key).MedianNs, 3));
            }

            writer.WriteEndObject();
        }

        writer.WriteNumber("fusedGrowth10To200", Math.Round(Growth(figures), 3));
        conditions.WriteJson(writer);
    }

    private static double Growth(SortedDictionary<int, IReadOnlyList<CandidateFigures>> figures) =>
        Of(figures[200], Candidates.Fused).MedianNs / Of(figures[10], Candidates.Fused).MedianNs;

    private static CandidateFigures Of(IReadOnlyList<CandidateFigures> figures, string key) =>
        figures.First(candidate => candidate.Kind.JsonKey == key);
}
