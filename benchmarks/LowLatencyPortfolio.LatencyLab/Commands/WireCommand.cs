using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary><c>llp-lab wire</c>.</summary>
internal static class WireCommand
{
    /// <summary>Most of the engine's median beside the echo's.</summary>
    private const double WantedRatio = 1.5;

    // Tickers of the raw port rise for 4.5 million steps.
    private const int MostTicks = 4_000_000;
    private const int MostWarmUp = 400_000;
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static Command Build()
    {
        Option<int> rate = LabOptions.Number("--rate", "ticks a second", 2_000, 1, 50_000);
        Option<int> ticks = LabOptions.Number("--ticks", "measured ticks, and as many echoes", 100_000, 1, MostTicks);
        Option<int> warmUp = LabOptions.Number("--warm-up", "ticks and echoes before", 50_000, 1, MostWarmUp);
        Option<string> sim = LabOptions.Simulator();
        Option<string?> json = LabOptions.Json();
        Command command = new("wire", "tick on a socket to order on a socket, beside a bare echo of the same sizes")
        {
            rate, ticks, warmUp, sim, json,
        };
        command.SetAction(result => Run(
            new WireOptions(
                result.GetValue(rate), result.GetValue(ticks), result.GetValue(warmUp), result.GetRequiredValue(sim)),
            result.GetValue(json)));
        return command;
    }

    private static int Run(WireOptions options, string? json)
    {
        Conditions conditions = Conditions.Now();
        WireResult result = WireRun.Run(options, new Progress().Show);
        JsonOutput.Write(json, writer => WriteJson(writer, options, result, conditions));
        if (json != "-")
        {
            WriteText(Console.Out, options, result, conditions);
        }

        return 0;
    }

    private static void WriteText(TextWriter output, WireOptions options, WireResult result, Conditions conditions)
    {
        output.WriteLine(conditions);
        output.WriteLine(string.Create(
            Plain,
            $"Inline, BusyPoll, loopback TCP, {options.Rate:N0} ticks/s, one under way at a time; "
            + $"ticker {result.FrameBytes} bytes, request {result.RequestBytes} bytes; "
            + $"every tick moves a stop; turns of a second with the echo"));
        output.WriteLine();
        output.WriteLine($"{"ns",-44}{Percentiles.Heading}");
        Write(output, "tick out to order in, exchange's clock", result.Wire.Exchange, result.Echo.Exchange);
        Write(output, "intended start to request written", result.Wire.Intended, result.Echo.Intended);
        Write(output, "frame read to request written", result.Wire.Own, result.Echo.Own);
        output.WriteLine($"{"  frame read to tick published",-44}{result.Parsed}");
        output.WriteLine($"{"  tick published to order decided",-44}{result.Decided}");
        output.WriteLine($"{"  order decided to request written",-44}{result.Written}");
        Write(output, "sender late", result.Wire.Lateness, result.Echo.Lateness);
        Write(output, "machine's hiccups beside it", result.Wire.Hiccups, result.Echo.Hiccups);
        output.WriteLine();
        output.WriteLine(string.Create(
            Plain,
            $"wire p50 / echo p50 = {result.Ratio:F2}, wanted at most {WantedRatio}: "
            + $"{Met(result.Ratio <= WantedRatio)}"));
        output.WriteLine(string.Create(
            Plain,
            $"allocated by the polling thread: {result.AllocatedBytes:N0} bytes in {options.Ticks:N0} ticks, "
            + $"wanted 0: {Met(result.AllocatedBytes == 0)}"));
        output.WriteLine($"window: {result.Window}");
    }

    private static void Write(TextWriter output, string name, Percentiles wire, Percentiles echo)
    {
        output.WriteLine($"{name + ": wire",-44}{wire}");
        output.WriteLine($"{"  echo",-44}{echo}");
    }

    private static string Met(bool isMet) => isMet ? "met" : "missed";

    private static void WriteJson(Utf8JsonWriter writer, WireOptions options, WireResult result, Conditions conditions)
    {
        writer.WriteNumber("rate", options.Rate);
        writer.WriteNumber("ticks", options.Ticks);
        writer.WriteNumber("frameBytes", result.FrameBytes);
        writer.WriteNumber("requestBytes", result.RequestBytes);
        writer.WriteNumber("ratio", Math.Round(result.Ratio, 3));
        writer.WriteNumber("wantedRatio", WantedRatio);
        writer.WriteNumber("allocatedBytes", result.AllocatedBytes);
        WriteSide(writer, "wire", result.Wire);
        WriteSide(writer, "echo", result.Echo);
        writer.WriteStartObject("stages");
        result.Parsed.WriteJson(writer, "readToPublished");
        result.Decided.WriteJson(writer, "publishedToDecided");
        result.Written.WriteJson(writer, "decidedToWritten");
        writer.WriteEndObject();
        result.Window.WriteJson(writer);
        conditions.WriteJson(writer);
    }

    private static void WriteSide(Utf8JsonWriter writer, string name, WireSide side)
    {
        writer.WriteStartObject(name);
        side.Exchange.WriteJson(writer, "tickOutToOrderIn");
        side.Own.WriteJson(writer, "readToWritten");
        side.Intended.WriteJson(writer, "intendedStartToWritten");
        side.Lateness.WriteJson(writer, "senderLateness");
        side.Hiccups.WriteJson(writer, "machineHiccups");
        writer.WriteEndObject();
    }
}
