using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Dashboard.Views;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Dashboard.CommandLine;

/// <summary>The words of the command line and their help.</summary>
internal sealed class DashboardCommandLine
{
    private const int HelpColumns = 100;
    private const int DefaultLast = 20;
    private const decimal LeastSeconds = 0.1m;
    private const decimal MostSeconds = 3_600m;

    private readonly Option<string> _database = new("--db")
    {
        HelpName = "FILE",
        Description = "The database of a run or of a live engine, also while it runs. Default: portfolio.db here.",
        DefaultValueFactory = _ => "portfolio.db",
        Recursive = true,
    };

    private readonly Option<string> _json = new("--json")
    {
        HelpName = "FILE|-",
        Description = "Also writes the answer as JSON, decimals as strings. With - only the JSON is printed.",
        Recursive = true,
    };

    private readonly Func<DashboardOptions, Func<PortfolioDatabase, View>, int> _show;
    private readonly Func<DashboardOptions, TimeSpan, Func<PortfolioDatabase, View>, int> _watch;
    private readonly RootCommand _root;

    /// <summary>Builds the command line.</summary>
    /// <param name="show">Shows a view once and returns the exit code.</param>
    /// <param name="watch">Shows it again and again.</param>
    public DashboardCommandLine(
        Func<DashboardOptions, Func<PortfolioDatabase, View>, int> show,
        Func<DashboardOptions, TimeSpan, Func<PortfolioDatabase, View>, int> watch)
    {
        (_show, _watch) = (show, watch);
        _root = new RootCommand(
            "llp-dashboard shows a portfolio from its database, read-only, also while its engine runs. "
            + "Start with: llp-dashboard summary --db FILE")
        {
            Simple("summary", "Capital, positions, result, mode, and what is held.",
                static database => SummaryView.Of(PortfolioPicture.Read(database), ModeSince(database))),
            Simple("concentration", "What the capital stands in: by pair, largest first, and by group.",
                static database => ConcentrationView.Of(PortfolioPicture.Read(database))),
            Simple("correlation", "How much pairs move together, in which groups, and how many bets that makes.",
                static database => database.AtOnce(
                    read => CorrelationView.Of(PortfolioPicture.Read(read), read.Correlations()))),
            Pairs(), Orders(), History(), Position(),
            Simple("risk", "Each limit with its use and headroom, and what the positions risk together.",
                static database => database.AtOnce(
                    read => RiskView.Of(PortfolioPicture.Read(read), ModeSince(read), read.Correlations()))),
            Simple("rebalance", "What would bring drifted positions back to their targets, and what was ordered last.",
                static database => RebalanceView.Of(PortfolioPicture.Read(database), RebalanceView.LastOf(database))),
            Watch(),
        };
        _root.Options.Add(_database);
        _root.Options.Add(_json);
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
            return Lines.Refuse(error, [Fault(result)], ExitCode.BadInput, ViewCommand.Program);
        }

        try
        {
            return result.Invoke(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                ProcessTerminationTimeout = null,       // the watch listens to signals itself
                EnableDefaultExceptionHandler = false,
            });
        }
#pragma warning disable CA1031 // the last place where an exception can still become a line for a person
        catch (Exception e)
#pragma warning restore CA1031
        {
            bool withTrace = Environment.GetEnvironmentVariable(InternalError.DebugVariable) == "1";
            return InternalError.Write(error, e, withTrace, ViewCommand.Program);
        }
    }

    // One line, the first fault: those after it mostly follow from it.
    private static string Fault(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        string help = command is RootCommand ? "llp-dashboard --help" : $"llp-dashboard {command.Name} --help";
        if (result.UnmatchedTokens.Count == 0)
        {
            string[] words = result.Errors[0].Message.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries);
            return $"{string.Join(' ', words).TrimEnd('.')}; see {help}";
        }

        string token = result.UnmatchedTokens[0].Split('=', 2)[0];
        string? meant = Suggestion.Nearest(
            token, command.Children.Select(child => child.Name).Concat(["--db", "--json"]));
        string question = meant is null ? string.Empty : $"did you mean {meant}? ";
        return $"unknown argument '{FaultLines.Shown(token)}'; {question}see {help}";
    }

    private static long? ModeSince(PortfolioDatabase database) => database
        .LatestHistory(1, action: HistoryAction.Halted)
        .Concat(database.LatestHistory(1, action: HistoryAction.Resumed))
        .MaxBy(row => row.Id)?.TimestampNs;

    private static Option<string> ProductOption() => new("--product")
    {
        HelpName = "PRODUCT",
        Description = "Only this product, such as BTC-USD.",
    };

    private static Option<int> LastOption()
    {
        Option<int> last = new("--last")
        {
            HelpName = "N",
            Description = "The newest N; 0 shows all. Default: 20.",
            DefaultValueFactory = _ => DefaultLast,
            CustomParser = static result =>
            {
                string text = result.Tokens[0].Value;
                if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int last))
                {
                    result.AddError($"--last {FaultLines.Shown(text)}: takes 0 or more, a whole number");
                }

                return last;
            },
        };
        return last;
    }

    private static Option<string> WordOption(string name, string description, IEnumerable<string> words)
    {
        string[] known = [.. words];
        Option<string> option = new(name)
        {
            HelpName = name.TrimStart('-').ToUpperInvariant(), Description = description,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !known.Contains(Word(result.Tokens[0].Value)!))
            {
                result.AddError(
                    $"{name} {FaultLines.Shown(result.Tokens[0].Value)} is none of {string.Join(", ", known)}");
            }
        });
        return option;
    }

    // STOP_PLACED, stop-placed and Stop_Placed are one word.
    private static string? Word(string? text) => text?.ToLowerInvariant().Replace('-', '_');

    private Command Simple(string name, string description, Func<PortfolioDatabase, View> make)
    {
        Command command = new(name, description);
        command.SetAction(result => Show(result, make));
        return command;
    }

    private Command Pairs()
    {
        Option<bool> exact = new("--exact") { Description = "Every digit instead of two decimals." };
        Command command = new("pairs", "What each product made and by what, adding up to the account's change.")
        {
            exact,
        };
        command.SetAction(result => Show(
            result, database => PairsView.Of(PortfolioPicture.Read(database), result.GetValue(exact))));
        return command;
    }

    private Command Orders()
    {
        Option<string> product = ProductOption();
        Option<int> last = LastOption();
        Option<string> state = WordOption(
            "--state", "Only orders in this state: open, closed, or a state such as working.", OrderFilter.States);
        Command command = new("orders", "The newest orders, oldest first.") { product, last, state };
        command.SetAction(result => Show(result, database =>
        {
            PortfolioPicture picture = PortfolioPicture.Read(database);
            return OrdersView.Of(picture, new OrderFilter(
                DatabaseArguments.Product(picture, result.GetValue(product)), Word(result.GetValue(state)),
                result.GetValue(last)));
        }));
        return command;
    }

    private Command History()
    {
        Dictionary<string, HistoryAction> actions = Enum.GetValues<HistoryAction>()
            .Where(action => action != HistoryAction.None)
            .ToDictionary(action => Shown.Name(action).ToLowerInvariant(), StringComparer.Ordinal);
        Option<string> product = ProductOption();
        Option<int> last = LastOption();
        Option<string> action = WordOption(
            "--action", "Only this action, such as exit_filled or risk_rejected.", actions.Keys);
        Command command = new("history", "What happened last, oldest first.") { product, last, action };
        command.SetAction(result => Show(result, database => HistoryView.Of(
            database, DatabaseArguments.Product(PortfolioPicture.Read(database), result.GetValue(product)),
            Word(result.GetValue(action)) is { } word ? actions[word] : HistoryAction.None, result.GetValue(last))));
        return command;
    }

    private Command Position()
    {
        Argument<string> id = new("ID")
        {
            Description = "Number of the position, as orders and history name it, or a product: its newest position.",
        };
        Command command = new("position", "One trade: figures, orders, history.") { id };
        command.SetAction(result => Show(result, database =>
        {
            PortfolioPicture picture = PortfolioPicture.Read(database);
            (PairPicture pair, PositionRow row) =
                DatabaseArguments.Position(picture, result.GetRequiredValue(id));
            return PositionView.Of(database, picture, pair, row);
        }));
        return command;
    }

    private Command Watch()
    {
        Option<decimal> interval = new("--interval")
        {
            HelpName = "SECONDS",
            Description = "Time between two looks at the database. Default: 1.",
            DefaultValueFactory = _ => 1m,
            CustomParser = static result =>
            {
                string text = result.Tokens[0].Value;
                if (!decimal.TryParse(
                        text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds)
                    || seconds is < LeastSeconds or > MostSeconds)
                {
                    result.AddError($"--interval {FaultLines.Shown(text)}: takes 0.1 to 3600 seconds, such as 0.5");
                }

                return seconds;
            },
        };
        Command command = new(
            "watch",
            "Summary, positions and last events, drawn anew until Ctrl-C; in a pipe one plain snapshot a change.")
        {
            interval,
        };
        command.SetAction(result => Checked(result, options => _watch(
            options, TimeSpan.FromSeconds((double)result.GetValue(interval)),
            static database => WatchView.Of(database, PortfolioPicture.Read(database), ModeSince(database)))));
        return command;
    }

    private int Show(ParseResult result, Func<PortfolioDatabase, View> make) =>
        Checked(result, options => _show(options, make));

    private int Checked(ParseResult result, Func<DashboardOptions, int> act)
    {
        DashboardOptions options = new(result.GetRequiredValue(_database), result.GetValue(_json));
        IReadOnlyList<string> faults = options.Faults();
        return faults.Count == 0
            ? act(options)
            : Lines.Refuse(result.InvocationConfiguration.Error, faults, ExitCode.BadInput, ViewCommand.Program);
    }
}
