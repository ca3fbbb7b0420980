using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary><c>llp-lab naked</c>.</summary>
internal static class NakedCommand
{
    private const int DefaultLatencyMs = 50;
    private const int MostLatencyMs = 60_000;
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static Command Build()
    {
        Option<int> latency = LabOptions.Number(
            "--latency-ms", "from a command to its effect at the paper venue, ms", DefaultLatencyMs, 0, MostLatencyMs);
        Option<string?> json = LabOptions.Json();
        Command command = new("naked", "the crash day of the sample: times without a working stop, requests a second")
        {
            latency, json,
        };
        command.SetAction(result => Run(result.GetValue(latency), result.GetValue(json)));
        return command;
    }

    private static int Run(int latencyMs, string? json)
    {
        Conditions conditions = Conditions.Now();
        NakedResult result = NakedRun.Run(latencyMs, new Progress().Show);
        JsonOutput.Write(json, writer => WriteJson(writer, latencyMs, result, conditions));
        if (json != "-")
        {
            WriteText(Console.Out, latencyMs, result, conditions);
        }

        return 0;
    }

    private static void WriteText(TextWriter output, int latencyMs, NakedResult result, Conditions conditions)
    {
        output.WriteLine(conditions);
        output.WriteLine(string.Create(
            Plain,
            $"bundled sample from {result.Whole.From:yyyy-MM-dd}, event time; paper venue, latency {latencyMs} ms, "
            + $"replaces in one step; the crash day is {result.Day.From:yyyy-MM-dd}"));
        output.WriteLine();
        output.WriteLine($"{"",-36}{"crash day",14}{"whole sample",14}");
        WriteRow(output, "ticks", result, span => span.Ticks);
        WriteRow(output, "times without a working stop", result, span => span.Times);
        for (int i = 0; i <= NakedTimes.UpToMs.Length; i++)
        {
            int bucket = i;
            WriteRow(output, "  " + Length(i), result, span => span.Counts[bucket]);
        }

        WriteRow(output, "orders placed", result, span => span.Rates.Places);
        WriteRow(output, "orders replaced", result, span => span.Rates.Replaces);
        WriteRow(output, "orders cancelled", result, span => span.Rates.Cancels);
        WriteRow(output, "requests, a replacement being two", result, span => span.Rates.Requests);
        WriteRow(output, "most requests in a second", result, span => span.Rates.Peak);
        WriteRow(output, "requests a second, mean", result, span => span.Rates.Mean, "F4");
        WriteRow(output, "seconds with requests", result, span => span.Rates.BusySeconds);
        WriteRow(output, "requests a second, mean of those", result, span => span.Rates.BusyMean, "F2");
    }

    private static void WriteRow(
        TextWriter output, string name, NakedResult result, Func<NakedSpan, double> figure, string format = "N0") =>
        output.WriteLine(
            $"{name,-36}{figure(result.Day).ToString(format, Plain),14}"
            + $"{figure(result.Whole).ToString(format, Plain),14}");

    private static string Length(int bucket) => bucket < NakedTimes.UpToMs.Length
        ? string.Create(Plain, $"<= {NakedTimes.UpToMs[bucket]:N0} ms")
        : string.Create(Plain, $"> {NakedTimes.UpToMs[^1]:N0} ms");

    private static void WriteJson(Utf8JsonWriter writer, int latencyMs, NakedResult result, Conditions conditions)
    {
        writer.WriteNumber("latencyMs", latencyMs);
        WriteSpan(writer, "crashDay", result.Day);
        WriteSpan(writer, "wholeSample", result.Whole);
        conditions.WriteJson(writer);
    }

    private static void WriteSpan(Utf8JsonWriter writer, string name, NakedSpan span)
    {
        RequestRates rates = span.Rates;
        writer.WriteStartObject(name);
        writer.WriteString("from", span.From.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", Plain));
        writer.WriteNumber("ticks", span.Ticks);
        writer.WriteNumber("nakedTimes", span.Times);
        WriteHistogram(writer, span.Counts);
        writer.WriteNumber("places", rates.Places);
        writer.WriteNumber("replacements", rates.Replaces);
        writer.WriteNumber("cancels", rates.Cancels);
        writer.WriteNumber("requests", rates.Requests);
        writer.WriteNumber("peakRequestsPerSecond", rates.Peak);
        writer.WriteNumber("meanRequestsPerSecond", Math.Round(rates.Mean, 6));
        writer.WriteNumber("busySeconds", rates.BusySeconds);
        writer.WriteNumber("meanRequestsPerBusySecond", Math.Round(rates.BusyMean, 3));
        writer.WriteEndObject();
    }

    // The last has no end.
    private static void WriteHistogram(Utf8JsonWriter writer, long[] counts)
    {
        writer.WriteStartArray("histogram");
        for (int i = 0; i < counts.Length; i++)
        {
            writer.WriteStartObject();
            if (i < NakedTimes.UpToMs.Length)
            {
                writer.WriteNumber("upToMs", NakedTimes.UpToMs[i]);
            }
            else
            {
                writer.WriteNull("upToMs");
            }

            writer.WriteNumber("count", counts[i]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
