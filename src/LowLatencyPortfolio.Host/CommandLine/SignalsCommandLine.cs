using System.CommandLine;

namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary>The words of <c>llp signals</c>.</summary>
internal static class SignalsCommandLine
{
    private const string Summary = "Prints each candle's indicators and votes: why an entry is confirmed, or is not.";

    /// <summary>Makes the command.</summary>
    /// <param name="signals">Does it and returns the exit code.</param>
    public static Command Build(Func<SignalsOptions, int> signals)
    {
        Option<string[]> ticks = new("--ticks")
        {
            HelpName = "FILE|DIR ...",
            Description = "Market data, as for llp run. Default: the bundled sample.",
            AllowMultipleArgumentsPerToken = true,
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> config = new("--config")
        {
            HelpName = "FILE",
            Description = "Configuration: each pair's entryConfirmationLevel says how many votes of three it needs; "
                + "the section signals is read as by llp run --signals, and where its fused model is enabled, what it "
                + "says is shown too. Default: the sample's with the sample's data, otherwise 2 of 3.",
        };
        Option<string> interval = CandlesCommandLine.IntervalOption();
        interval.Description += " Default: the configuration's candleSeconds, 300 without one.";
        Option<string> json = new("--json")
        {
            HelpName = "FILE|-",
            Description = "Also writes one JSON object with a line each candle, decimals as strings. "
                + "With - it goes to standard output, and there is no table.",
        };
        Command command = new("signals", Summary) { ticks, config, interval, json };
        command.SetAction(result => signals(new SignalsOptions(
            result.GetValue(ticks) ?? [], result.GetValue(config), result.GetValue(interval), result.GetValue(json))));
        return command;
    }
}
