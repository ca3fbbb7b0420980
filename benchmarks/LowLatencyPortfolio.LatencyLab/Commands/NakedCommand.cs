using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary><c>llp-lab naked</c>.</summary>
internal static class NakedCommand
{
    private const int DaysMinutes = 720;
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static Command Build()
    {
        Option<int> speed = LabOptions.Number("--speed", "seconds of the market a second", 240, 1, 3_600);
        Option<int> minutes = LabOptions.Number(
            "--minutes", "how much of the day, from its first minute on; the fall is from 130 to 135", DaysMinutes, 1,
            DaysMinutes);
        Option<int> latency = LabOptions.Number(
            "--latency-ms", "what the venue takes to carry out an order, a cancel or an edit, ms", 50, 0, 60_000);
        Option<string> sim = LabOptions.Simulator();
        Option<string?> json = LabOptions.Json();
        Command command = new(
            "naked", "the crash day of the sample at the simulator: times without a working stop, requests a second")
        {
            speed, minutes, latency, sim, json,
        };
        command.SetAction(result => Run(
            new NakedOptions(
                result.GetValue(speed), result.GetValue(minutes), result.GetValue(latency),
                result.GetRequiredValue(sim)),
            result.GetValue(json)));
        return command;
    }

    private static int Run(NakedOptions options, string? json)
    {
        Conditions conditions = Conditions.Now();
        Action<string> progress = new Progress().Show;
        NakedResult edited = NakedRun.Play(options, canEdit: true, progress);
        NakedResult replaced = NakedRun.Play(options, canEdit: false, progress);
        JsonOutput.Write(json, writer => WriteJson(writer, options, edited, replaced, conditions));
        if (json != "-")
        {
            WriteText(Console.Out, options, edited, replaced, conditions);
        }

        return 0;
    }

    private static void WriteText(
        TextWriter output, NakedOptions options, NakedResult edited, NakedResult replaced, Conditions conditions)
    {
        output.WriteLine(conditions);
        output.WriteLine(string.Create(
            Plain,
            $"crash day, {edited.Ticks:N0} ticks of ten pairs, {options.Speed} times as fast; Coinbase gateway at "
            + $"exchange-sim, which takes {options.LatencyMs} ms to carry out an order, a cancel or an edit"));
        output.WriteLine();
        output.WriteLine($"{"without a working stop, ns",-28}{Percentiles.Heading}");
        output.WriteLine($"{"  stops edited",-28}{edited.Naked}");
        output.WriteLine($"{"  cancelled and placed anew",-28}{replaced.Naked}");
        output.WriteLine();
        output.WriteLine($"{"",-36}{"edited",14}{"placed anew",14}");
        WriteRow(output, "entries", result => result.Entries);
        WriteRow(output, "stops moved", result => result.Moves);
        WriteRow(output, "requests about orders", result => result.Counters.Requests);
        WriteRow(output, "  a second, mean", result => result.PerSecond(result.Counters.Requests), "F2");
        WriteRow(output, "  orders placed", result => result.PerSecond(result.Counters.Creates), "F2");
        WriteRow(output, "  cancels", result => result.PerSecond(result.Counters.Cancels), "F2");
        WriteRow(output, "  edits and their previews", result => result.PerSecond(result.Counters.Edits), "F2");
        WriteRow(output, "  most in a second", result => result.Peak);
        WriteRow(output, "refused for too many requests", result => result.Counters.RateLimited);
        WriteRow(output, "seconds", result => result.Took.TotalSeconds, "F1");

        void WriteRow(TextWriter to, string name, Func<NakedResult, double> figure, string format = "N0") =>
            to.WriteLine(
                $"{name,-36}{figure(edited).ToString(format, Plain),14}{figure(replaced).ToString(format, Plain),14}");
    }

    private static void WriteJson(
        Utf8JsonWriter writer, NakedOptions options, NakedResult edited, NakedResult replaced, Conditions conditions)
    {
        writer.WriteNumber("speed", options.Speed);
        writer.WriteNumber("minutes", options.Minutes);
        writer.WriteNumber("latencyMs", options.LatencyMs);
        writer.WriteNumber("ticks", edited.Ticks);
        WriteResult(writer, "edited", edited);
        WriteResult(writer, "placedAnew", replaced);
        conditions.WriteJson(writer);
    }

    private static void WriteResult(Utf8JsonWriter writer, string name, NakedResult result)
    {
        writer.WriteStartObject(name);
        result.Naked.WriteJson(writer, "withoutStop");
        writer.WriteNumber("entries", result.Entries);
        writer.WriteNumber("moves", result.Moves);
        writer.WriteNumber("requests", result.Counters.Requests);
        writer.WriteNumber("creates", result.Counters.Creates);
        writer.WriteNumber("cancels", result.Counters.Cancels);
        writer.WriteNumber("edits", result.Counters.Edits);
        writer.WriteNumber("rateLimited", result.Counters.RateLimited);
        writer.WriteNumber("requestsPerSecond", Math.Round(result.PerSecond(result.Counters.Requests), 3));
        writer.WriteNumber("peakRequestsPerSecond", result.Peak);
        writer.WriteNumber("seconds", Math.Round(result.Took.TotalSeconds, 1));
        writer.WriteEndObject();
    }
}
