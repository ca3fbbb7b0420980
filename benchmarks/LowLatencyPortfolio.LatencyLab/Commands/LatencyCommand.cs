using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary><c>llp-lab latency</c>.</summary>
internal static class LatencyCommand
{
    public static Command Build()
    {
        Option<int> rate = LabOptions.Number("--rate", "ticks a second", 1, 500_000);
        rate.Required = true;
        Option<int> seconds = LabOptions.Number("--seconds", "measured seconds", 10, 1, 600);
        Option<int> pairs = LabOptions.Number("--pairs", "pairs, all of them held", 10, 1, 5_000);
        Option<Topology> topology = LabOptions.Choice("--topology", "which threads run the stages", Topology.Fused);
        Option<WaitMode> wait = LabOptions.Choice("--wait", "how they wait", WaitMode.BusySpin);
        Option<string?> json = LabOptions.Json();
        Command command = new("latency", "publish to order handed over, percentiles from intended start times")
        {
            rate, seconds, pairs, topology, wait, json,
        };
        command.SetAction(result => Run(
            new LatencyOptions(
                result.GetValue(rate), result.GetValue(seconds), result.GetValue(pairs),
                result.GetValue(topology), result.GetValue(wait)),
            result.GetValue(json)));
        return command;
    }

    private static int Run(LatencyOptions options, string? json)
    {
        Conditions conditions = Conditions.Now();
        LatencyResult result = LatencyRun.Run(options, new Progress().Show);
        JsonOutput.Write(json, writer => WriteJson(writer, options, result, conditions));
        if (json != "-")
        {
            WriteText(Console.Out, options, result, conditions);
        }

        return 0;
    }

    private static void WriteText(
        TextWriter output, LatencyOptions options, LatencyResult result, Conditions conditions)
    {
        output.WriteLine(conditions);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{options.Topology}, {options.Wait}, {options.Rate:N0} ticks/s wanted, {result.AchievedRate:N0} sent, "
            + $"{options.Seconds} s, {options.Pairs} pairs held; every tick moves a stop"));
        output.WriteLine();
        output.WriteLine($"{"ns",-34}{Percentiles.Heading}");
        output.WriteLine($"{"intended start to order",-34}{result.Latency}");
        output.WriteLine($"{"actual start to order",-34}{result.Service}");
        output.WriteLine($"{"sender late",-34}{result.Lateness}");
        output.WriteLine($"{"machine's hiccups beside it",-34}{result.Hiccups}");
        output.WriteLine();
        output.WriteLine($"window: {result.Window}");
    }

    private static void WriteJson(
        Utf8JsonWriter writer, LatencyOptions options, LatencyResult result, Conditions conditions)
    {
        writer.WriteString("topology", options.Topology.ToString());
        writer.WriteString("wait", options.Wait.ToString());
        writer.WriteNumber("rate", options.Rate);
        writer.WriteNumber("achievedRate", Math.Round(result.AchievedRate, 1));
        writer.WriteNumber("seconds", options.Seconds);
        writer.WriteNumber("pairs", options.Pairs);
        result.Latency.WriteJson(writer, "intendedStartToOrder");
        result.Service.WriteJson(writer, "actualStartToOrder");
        result.Lateness.WriteJson(writer, "senderLateness");
        result.Hiccups.WriteJson(writer, "machineHiccups");
        result.Window.WriteJson(writer);
        conditions.WriteJson(writer);
    }
}
