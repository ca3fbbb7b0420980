using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary><c>llp-lab fusion</c>.</summary>
internal static class FusionCommand
{
    private static readonly FusionOptions Defaults = new();

    public static Command Build()
    {
        Option<string> candles = new("--candles")
        {
            Description = "folder with PRODUCT.5m.csv.gz files", HelpName = "DIR", Required = true,
        };
        Option<int> horizon = LabOptions.Number(
            "--horizon", "closes ahead", Defaults.HorizonCloses, 1, FusionOptions.MostHorizonCloses);
        Option<double> rise = LabOptions.Share(
            "--rise-pct", "rise that counts, percent", Defaults.CostThreshold * 100);
        Option<int> leaders = LabOptions.Number(
            "--leaders", "pairs whose indicators all see", Defaults.Leaders, 0, FusionOptions.MostLeaders);
        Option<int> ridge = LabOptions.Number("--ridge", "L2 penalty, examples", (int)Defaults.Ridge, 1, 1_000_000);
        Option<string?> json = LabOptions.Json();
        const string What = "what the fused model's probabilities are worth beside the votes and the base rate";
        Command command = new("fusion", What)
        {
            candles, horizon, rise, leaders, ridge, json,
        };
        command.SetAction(result => Run(
            result.GetValue(candles)!,
            Defaults with
            {
                HorizonCloses = result.GetValue(horizon),
                CostThreshold = result.GetValue(rise) / 100,
                Leaders = result.GetValue(leaders),
                Ridge = result.GetValue(ridge),
            },
            result.GetValue(json)));
        return command;
    }

    private static int Run(string candles, FusionOptions options, string? json)
    {
        if (options.Faults() is [{ } fault, ..])
        {
            throw new ArgumentException(fault.ToString());
        }

        CandleFolder folder = CandleFolder.Read(candles);
        FusionRun run = new(folder, options);
        run.Walk();
        if (run.Fused.Count == 0)
        {
            throw new InvalidOperationException(
                $"{folder.Times.Length} closes are too few to warm up and see an outcome");
        }

        ForecastScore[] scores =
        [
            ForecastScore.Of("base rate so far", run.BaseRates, run.BaseRates),
            ForecastScore.Of("votes", run.Votes, run.BaseRates),
            ForecastScore.Of("volatility alone", run.Movement, run.BaseRates),
            ForecastScore.Of("fused model", run.Fused, run.BaseRates),
        ];
        JsonOutput.Write(json, writer => WriteJson(writer, options, run, scores));
        if (json != "-")
        {
            WriteText(Console.Out, folder, options, run, scores);
        }

        return 0;
    }

    private static void WriteText(
        TextWriter output, CandleFolder folder, FusionOptions options, FusionRun run, ForecastScore[] scores)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        double share = run.Fused.Average(forecast => forecast.Rose ? 1.0 : 0);
        int days = run.Fused.Select(forecast => forecast.Day).Distinct().Count();
        output.WriteLine(string.Create(
            plain,
            $"{folder.Products.Length} pairs, {folder.Times.Length:N0} closes; "
            + $"out of sample {run.Fused.Count:N0} judgements over {days} days"));
        output.WriteLine(string.Create(
            plain,
            $"a rise of more than {options.CostThreshold:P2} within {options.HorizonCloses} closes: "
            + $"{share:P2} of them; {options.Leaders} leaders"));
        output.WriteLine();
        output.WriteLine($"{"log loss",28}{"Brier",11}{"AUC",9}   gain in log loss per day, ± standard error");
        foreach (ForecastScore score in scores)
        {
            output.WriteLine(string.Create(
                plain,
                $"{score.Name,-17} {score.LogLoss,10:F5} {score.Brier,10:F5} {score.Auc,8:F4}   "
                + $"{score.GainPerDay,9:F5} ± {score.GainError:F5}"));
        }

        output.WriteLine();
        output.WriteLine("tenths of the fused model's judgements, by rising probability");
        output.WriteLine("   said      rose   fell as much   mean return");
        foreach (ForecastTenth tenth in ForecastTenth.Of(run.Fused, options.CostThreshold))
        {
            output.WriteLine(string.Create(
                plain, $"{tenth.Said,7:P2} {tenth.Rose,9:P2} {tenth.Fell,14:P2} {tenth.MeanReturn,13:P3}"));
        }

        WriteVotes(output, options, run);
    }

    private static void WriteVotes(TextWriter output, FusionOptions options, FusionRun run)
    {
        output.WriteLine();
        output.WriteLine("the votes, by how many stood: what their record so far said, and what followed");
        output.WriteLine("votes judgements      said      rose   fell as much   mean return");
        foreach (VotesOutcome votes in VotesOutcome.Of(run.Votes, run.Standing, options.CostThreshold))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{votes.Standing,5} {votes.Judgements,10:N0} {votes.Said,9:P2} {votes.Rose,9:P2} {votes.Fell,14:P2} "
                + $"{votes.MeanReturn,13:P3}"));
        }
    }

    private static void WriteJson(
        Utf8JsonWriter writer, FusionOptions options, FusionRun run, ForecastScore[] scores)
    {
        writer.WriteNumber("judgements", run.Fused.Count);
        writer.WriteStartArray("forecasters");
        foreach (ForecastScore score in scores)
        {
            writer.WriteStartObject();
            writer.WriteString("name", score.Name);
            writer.WriteNumber("logLoss", score.LogLoss);
            writer.WriteNumber("brier", score.Brier);
            writer.WriteNumber("auc", double.IsNaN(score.Auc) ? 0.5 : score.Auc);
            writer.WriteNumber("gainPerDay", score.GainPerDay);
            writer.WriteNumber("gainStandardError", score.GainError);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("tenths");
        foreach (ForecastTenth tenth in ForecastTenth.Of(run.Fused, options.CostThreshold))
        {
            writer.WriteStartObject();
            writer.WriteNumber("said", tenth.Said);
            writer.WriteNumber("rose", tenth.Rose);
            writer.WriteNumber("fell", tenth.Fell);
            writer.WriteNumber("meanReturn", tenth.MeanReturn);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("votes");
        foreach (VotesOutcome votes in VotesOutcome.Of(run.Votes, run.Standing, options.CostThreshold))
        {
            writer.WriteStartObject();
            writer.WriteNumber("standing", votes.Standing);
            writer.WriteNumber("judgements", votes.Judgements);
            writer.WriteNumber("said", votes.Said);
            writer.WriteNumber("rose", votes.Rose);
            writer.WriteNumber("fell", votes.Fell);
            writer.WriteNumber("meanReturn", votes.MeanReturn);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
