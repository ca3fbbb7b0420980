using System.CommandLine;
using System.CommandLine.Help;
using LowLatencyPortfolio.Host.Configuration;

namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary>The words of the command line and their help.</summary>
internal sealed class LlpCommandLine
{
    private const int HelpColumns = 100;
    private const string RunSummary =
        "Replays market data on paper, or trades live prices; without options, the bundled sample.";

    private const string RunDescription = """
        Replays market data through the whole engine against an embedded paper exchange and prints
        the result. With --feed coinbase it trades live prices instead, on paper or at the venue.

        Without options it replays the bundled sample: ten Coinbase pairs, 1-minute bars, 8 to 11
        December 2023, with scripted entries, a trailing stop of 5 %, and a fresh database in the
        temporary folder.

        Exit codes: 0 done, or stopped in order by Ctrl-C or SIGTERM (a second signal stops at
        once); 1 the run failed; 2 arguments, configuration, entries or data have faults, one line
        each on standard error; 3 --reconcile report found differences.
        """;

    private readonly Option<string[]> _ticks = new("--ticks")
    {
        HelpName = "FILE|DIR ...",
        Description = "Market data: CSV files, plain or .gz, or folders of them; several after one option. "
            + "The product is the file name up to the first dot (BTC-USD.1m.csv.gz). "
            + "The heading time,price,size... makes them trade ticks, time,open,high,low,close,volume bars. "
            + "Default: the bundled sample.",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _entries = new("--entries")
    {
        HelpName = "FILE",
        Description = "Scripted entries: CSV time,product_id,price,qty[,order_type], ISO 8601 UTC in ascending time. "
            + "order_type is limit (default) or market (empty price); "
            + "an empty qty takes the size from the configuration. "
            + "Default: the sample's with the sample's data, otherwise none.",
    };

    private readonly Option<bool> _signals = new("--signals")
    {
        Description = "Finds entries at each candle's close instead of taking scripted ones: votes of RSI, MACD and "
            + "VWAP; the configuration's section signals says how. Not with --entries.",
    };

    private readonly Option<string> _config = new("--config")
    {
        HelpName = "FILE",
        Description = "Configuration: JSON with the optional sections portfolio, pairDefaults, pairs, products, paper, "
            + "signals, correlation, rebalance. "
            + "sample/config.json beside the program is a start. "
            + "Default: the sample's with the sample's data, otherwise defaults.",
    };

    private readonly Option<string> _database = new("--db")
    {
        HelpName = "FILE",
        Description = "SQLite database to keep; if it exists, the run continues from it. "
            + "Default: a fresh one in the temporary folder.",
    };

    private readonly Option<string> _topology = ReplayCommandLine.TopologyOption();

    private readonly Option<string> _record = new("--record")
    {
        HelpName = "FILE",
        Description = "Also keeps every event of the run in its order: llp replay FILE plays it again, bit for bit, "
            + "without its data. Takes the place of an older recording.",
    };

    private readonly Option<string> _json = new("--json")
    {
        HelpName = "FILE|-",
        Description = "Also writes the result as one JSON object, decimals as strings. "
            + "With - only the JSON goes to standard output and the report goes to standard error.",
    };

    private readonly Option<bool> _recapitalize = new("--recapitalize")
    {
        Description = "Lets the database take the configuration's totalCapital although it was made with another; "
            + "the change is journaled.",
    };

    private readonly LiveCommandLine _live = new();

    private readonly RootCommand _root;

    /// <summary>Builds the command line.</summary>
    /// <param name="run">Does <c>llp run</c> and returns the exit code.</param>
    /// <param name="resume">Does <c>llp resume</c>.</param>
    /// <param name="replay">Does <c>llp replay</c>.</param>
    /// <param name="others">Further commands, with their actions.</param>
    public LlpCommandLine(
        Func<RunOptions, int> run,
        Func<ResumeOptions, int> resume,
        Func<ReplayOptions, int> replay,
        params IEnumerable<Command> others)
    {
        Command runCommand = new("run", RunSummary)
        {
            _ticks, _entries, _signals, _config, _database, _topology, _json, _record, _recapitalize,
        };
        _live.AddTo(runCommand);
        runCommand.SetAction(result => run(_live.Apply(Options(result), result)));
        _root = new RootCommand("llp trades a portfolio of spot pairs with trailing stops. Start with: llp run")
        {
            runCommand, ResumeCommandLine.Build(resume), ReplayCommandLine.Build(replay),
        };
        foreach (Command other in others)
        {
            _root.Add(other);
        }

        _root.Directives.Clear();
        ((HelpAction)_root.Options.OfType<HelpOption>().Single().Action!).MaxWidth = HelpColumns;
    }

    /// <summary>Parses and runs.</summary>
    /// <param name="arguments">As the shell gave them.</param>
    /// <param name="output">For help and version.</param>
    /// <param name="error">For the one line about arguments that cannot be understood.</param>
    /// <returns>The exit code: 2 for arguments that cannot be understood, otherwise the command's.</returns>
    public int Invoke(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        IReadOnlyList<string> asked = arguments.Count == 0 ? ["--help"] : arguments;
        ParseResult result = _root.Parse(asked, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors.Count > 0)
        {
            error.WriteLine(Fault(result));
            return ExitCode.BadInput;
        }

        if (result.CommandResult.Command is { Name: "run" } runCommand)
        {
            // The list of commands shows one line; the command's own help says it all.
            runCommand.Description = RunDescription;
        }

        try
        {
            // The run listens to signals itself and has no time limit for its orderly end.
            return result.Invoke(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                ProcessTerminationTimeout = null,
                EnableDefaultExceptionHandler = false,
            });
        }
#pragma warning disable CA1031 // the last place where an exception can still become a line for a person
        catch (Exception e)
#pragma warning restore CA1031
        {
            bool withTrace = Environment.GetEnvironmentVariable(InternalError.DebugVariable) == "1";
            return InternalError.Write(error, e, withTrace);
        }
    }

    // One line, the first fault: those after it mostly follow from it.
    private static string Fault(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        string help = command is RootCommand ? "llp --help" : $"llp {command.Name} --help";
        if (result.UnmatchedTokens.Count == 0)
        {
            // The message about a wrong topology lists the right ones on lines of their own.
            string[] words = result.Errors[0].Message.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
            string message = string.Join(' ', words);
            return $"llp: {message.TrimEnd('.')}; see {help}";
        }

        // What follows the equals sign is not shown: somebody may have tried to hand a key over there.
        string token = result.UnmatchedTokens[0].Split('=', 2)[0];
        string? meant = Suggestion.Nearest(token, command.Children.Select(child => child.Name));
        string question = meant is null ? string.Empty : $"did you mean {meant}? ";
        return $"llp: unknown argument '{FaultLines.Shown(token)}'; {question}see {help}";
    }

    private RunOptions Options(ParseResult result) => new(
        result.GetValue(_ticks) ?? [],
        result.GetValue(_entries),
        result.GetValue(_config),
        result.GetValue(_database),
        ReplayCommandLine.Topology(result, _topology),
        result.GetValue(_json),
        result.GetValue(_recapitalize))
    {
        Record = result.GetValue(_record),
        Signals = result.GetValue(_signals),
        TopologyGiven = result.GetResult(_topology) is { Implicit: false },
    };
}
