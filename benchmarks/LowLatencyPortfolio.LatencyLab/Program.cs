using System.CommandLine;
using LowLatencyPortfolio.LatencyLab;
using LowLatencyPortfolio.Persistence;

const int Failed = 1;
const int BadArguments = 2;

RootCommand root = new("Measures the pipeline beside its alternatives, with the conditions beside every number.")
{
    ThroughputCommand.Build(),
    LatencyCommand.Build(),
    WritesCommand.Build(),
    ScalingCommand.Build(),
    NakedCommand.Build(),
    WireCommand.Build(),
    FusionCommand.Build(),
};
ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    return Say(parsed.Errors[0].Message, BadArguments);
}

try
{
    return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (ArgumentException e)
{
    return Say(e.Message, BadArguments);     // a layout that this machine cannot run
}
catch (Exception e) when (
    e is InvalidOperationException or IOException or UnauthorizedAccessException or JournalException)
{
    return Say(e.Message, Failed);
}

static int Say(string what, int exit)
{
    Console.Error.WriteLine($"llp-lab: {what.ReplaceLineEndings(" ")}");
    return exit;
}
