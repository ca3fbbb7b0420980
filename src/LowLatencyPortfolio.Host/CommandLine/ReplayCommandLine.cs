using System.CommandLine;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary>The words of <c>llp replay</c>.</summary>
internal static class ReplayCommandLine
{
    /// <summary>Makes the command.</summary>
    /// <param name="replay">Does it and returns the exit code.</param>
    public static Command Build(Func<ReplayOptions, int> replay)
    {
        Argument<string> recording = new("FILE") { Description = "What llp run --record wrote." };
        Option<string> topology = TopologyOption();
        Command command = new(
            "replay", "Plays a recording without venue and database: the same events give the same decisions.")
        {
            recording, topology,
        };
        command.SetAction(result => replay(
            new ReplayOptions(result.GetRequiredValue(recording), Topology(result, topology))));
        return command;
    }

    /// <summary>The option that all commands with an engine have.</summary>
    public static Option<string> TopologyOption()
    {
        Option<string> topology = new("--topology")
        {
            HelpName = "inline|fused|staged",
            Description =
                "Threads of the four stages: the feeder's own, one more, or one each. The result is the same.",
            DefaultValueFactory = _ => "inline",
        };
        topology.AcceptOnlyFromAmong("inline", "fused", "staged");
        return topology;
    }

    /// <summary>What the option says.</summary>
    public static Topology Topology(ParseResult result, Option<string> topology) =>
        Enum.Parse<Topology>(result.GetRequiredValue(topology), ignoreCase: true);
}
