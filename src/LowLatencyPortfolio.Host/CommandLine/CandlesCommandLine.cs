using System.CommandLine;

namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary>The words of <c>llp candles</c>.</summary>
internal static class CandlesCommandLine
{
    /// <summary>Makes the command.</summary>
    /// <param name="candles">Does it and returns the exit code.</param>
    public static Command Build(Func<CandlesOptions, int> candles)
    {
        Option<string[]> ticks = new("--ticks")
        {
            HelpName = "FILE",
            Description = "Market data of one product, trade ticks or bars: CSV, plain or .gz, as for llp run.",
            AllowMultipleArgumentsPerToken = true,
            Arity = ArgumentArity.OneOrMore,
            Required = true,
        };
        Option<string> interval = IntervalOption();
        interval.Required = true;
        Command command = new("candles", "Prints the candles that market data makes, as CSV.") { ticks, interval };
        command.SetAction(result => candles(
            new CandlesOptions(result.GetRequiredValue(ticks), result.GetRequiredValue(interval))));
        return command;
    }

    /// <summary>The option of all commands that make candles.</summary>
    public static Option<string> IntervalOption() => new("--interval")
    {
        HelpName = "SECONDS",
        Description = "Length of a candle, whole seconds; of bars, a multiple of their length. "
            + "Candles begin at multiples of it since 1970-01-01T00:00:00Z.",
    };
}
