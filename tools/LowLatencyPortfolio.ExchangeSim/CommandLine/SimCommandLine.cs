using System.CommandLine;
using System.CommandLine.Help;

namespace LowLatencyPortfolio.ExchangeSim.CommandLine;

/// <summary>The words of the command line and their help.</summary>
internal sealed class SimCommandLine
{
    private const int HelpColumns = 100;
    private const string Description = """
        A server that speaks Coinbase Advanced Trade (REST and WebSocket) on the loopback, with a venue of
        its own that recorded ticks drive.

        When ready it prints one line with its URLs. Exit codes: 0 stopped by Ctrl-C or SIGTERM; 1 the
        server failed; 2 arguments or files have faults, one line each on standard error.
        """;

    private readonly Option<string[]> _ticks = new("--ticks")
    {
        HelpName = "FILE|DIR ...",
        Description = "Market data: CSV files of ticks or bars, plain or .gz, or folders of them. Required.",
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _speed = Text(
        "--speed", "max|1x|Nx|step", "How fast time goes: as fast as clients take it (default), N venue "
        + "seconds a second, or by POST /admin/play/step.");

    private readonly Option<string> _start = Text(
        "--start", "now|subscribed", "When trades begin: at once, or with the first market subscription. "
        + "Default: subscribed at full speed, otherwise now.");

    private readonly Option<bool> _rebase = new("--rebase")
    {
        Description = "Shifts the times of the data so that its first trade happens when trades begin.",
    };

    private readonly Option<string> _port = Text(
        "--port", "P", "HTTP and WebSocket port; 0 (default) for any free one.");
    private readonly Option<string> _rawPort = Text(
        "--raw-port", "P", "Also opens the raw mode for latency measurements on this port; 0 for any free one.");

    private readonly Option<bool> _rawPoll = new("--raw-poll")
    {
        Description = "The raw mode spins for bytes: lower latency for a core a connection.",
    };

    private readonly Option<string> _balances = Text(
        "--balances", "USD=100000,BTC=1", "Opening balances. Default: USD=100000.");

    private readonly Option<string> _latency = Text(
        "--latency", "NAME=TIME,...", "Venue latencies ack, cancel, edit, fill, fills-list: 5ms, 1s, 250us. "
        + "Default: 0.");

    private readonly Option<string> _fees = Text(
        "--fees", "maker=0.006,taker=0.012", "Fee rates as fractions.");

    private readonly Option<string> _wire = Text(
        "--wire", "NAME=TIME,...", "WebSocket times trade-batch (250ms; 0: each trade at once), idle-close "
        + "(75s; 0: never), subscribe-deadline (5s), beat (1s).");

    private readonly Option<string> _limits = Text(
        "--limits", "NAME=N,...", "Per second: private (30), public (10), connections (8), messages (8); 0: no limit.");

    private readonly Option<string> _products = Text(
        "--products", "FILE", "JSON with the section products of an llp configuration: increments and minimum sizes. "
        + "Products not in it get theirs from the data.");

    private readonly Option<string> _faults = Text("--faults", "FILE", "Fault plan, JSON; see tools/README.md.");
    private readonly Option<string> _keyFile = Text(
        "--key-file", "FILE", "API key in Coinbase's JSON form; made, readable by its owner only, if it is not there.");

    private readonly Option<string> _keyKind = Text(
        "--key-kind", "ecdsa|ed25519", "What a key that is made signs with: ES256 (default) or EdDSA.");

    private readonly Option<string> _tls = Text("--tls", "CERT.pfx", "Serve HTTPS and WSS with this certificate.");
    private readonly RootCommand _root;

    /// <summary>Builds the command line.</summary>
    /// <param name="run">Serves and returns the exit code.</param>
    /// <param name="error">Takes faults.</param>
    public SimCommandLine(Func<SimOptions, int> run, TextWriter error)
    {
        _root = new RootCommand(Description)
        {
            _ticks, _speed, _start, _rebase, _port, _rawPort, _rawPoll, _balances, _latency, _fees, _wire, _limits,
            _products, _faults, _keyFile, _keyKind, _tls,
        };
        _root.SetAction(result =>
        {
            var faults = new List<string>();
            SimOptions options = OptionReview.Review(Written(result), faults);
            return faults.Count == 0 ? run(options) : Refuse(faults, error);
        });
        _root.Directives.Clear();
        ((HelpAction)_root.Options.OfType<HelpOption>().Single().Action!).MaxWidth = HelpColumns;
    }

    /// <summary>Parses and serves.</summary>
    /// <param name="arguments">As the shell gave them.</param>
    /// <param name="output">For help and version.</param>
    /// <param name="error">For faults, one line each.</param>
    /// <returns>The exit code.</returns>
    public int Invoke(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        ParseResult result = _root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (result.Errors.Count > 0)
        {
            var faults = new List<string>();
            faults.AddRange(result.Errors.Select(fault => fault.Message.ReplaceLineEndings(" ").TrimEnd('.')));
            _ = OptionReview.Review(Written(result), faults);
            return Refuse(faults, error);
        }

        // The server listens to signals itself and has no time limit for its orderly end.
        return result.Invoke(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        });
    }

    /// <summary>Writes faults, one line each.</summary>
    /// <param name="faults">The faults.</param>
    /// <param name="error">Where to.</param>
    /// <returns>The exit code for bad input.</returns>
    public static int Refuse(IEnumerable<string> faults, TextWriter error)
    {
        foreach (string fault in faults.Distinct())
        {
            error.WriteLine($"exchange-sim: {fault}");
        }

        return ExitCode.BadInput;
    }

    private WrittenOptions Written(ParseResult result) => new()
    {
        Ticks = result.GetValue(_ticks) ?? [],
        Speed = result.GetValue(_speed),
        Start = result.GetValue(_start),
        Rebase = result.GetValue(_rebase),
        Port = result.GetValue(_port),
        RawPort = result.GetValue(_rawPort),
        RawPoll = result.GetValue(_rawPoll),
        Balances = result.GetValue(_balances),
        Latency = result.GetValue(_latency),
        Fees = result.GetValue(_fees),
        Wire = result.GetValue(_wire),
        Limits = result.GetValue(_limits),
        Products = result.GetValue(_products),
        Faults = result.GetValue(_faults),
        KeyFile = result.GetValue(_keyFile),
        KeyKind = result.GetValue(_keyKind),
        Certificate = result.GetValue(_tls),
    };

    private static Option<string> Text(string name, string help, string description) =>
        new(name) { HelpName = help, Description = description };
}
