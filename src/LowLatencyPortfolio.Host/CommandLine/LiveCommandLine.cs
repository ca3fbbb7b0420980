using System.CommandLine;

namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary>The words of <c>llp run</c> that concern a live feed and a venue.</summary>
internal sealed class LiveCommandLine
{
    private readonly Option<string> _feed = new("--feed")
    {
        HelpName = "coinbase|replay:FILE",
        Description = "Instead of --ticks: live prices of the pairs in --config, until Ctrl-C or SIGTERM; "
            + "or a recording, as llp replay FILE does.",
    };

    private readonly Option<string> _source = new("--source")
    {
        HelpName = "market_trades|matches",
        Description = "Which channel live prices come from. market_trades (default) is Advanced Trade's: trades in "
            + "batches of up to 250 ms; matches is Coinbase Exchange's, another address: each trade at once, but those "
            + "that a connection missed do not come again.",
    };

    private readonly Option<string> _gateway = new("--gateway")
    {
        HelpName = "paper|coinbase",
        Description = "Where orders of a live feed go. paper (default) trades on paper; "
            + "coinbase sends them to the venue and needs an API key, and --live unless the venue is a simulator.",
    };

    private readonly Option<string> _endpoints = new("--endpoints")
    {
        HelpName = "FILE",
        Description = "Other addresses of the venue, such as a simulator's: JSON with any of "
            + "rest, marketWebSocket, userWebSocket, exchangeWebSocket.",
    };

    private readonly Option<string> _keyFile = new("--key-file")
    {
        HelpName = "FILE",
        Description = "API key as Coinbase's JSON file, ECDSA or Ed25519, mode 0600. "
            + "Default: the environment variables COINBASE_API_KEY and COINBASE_API_SECRET. "
            + "A key is never taken from the command line.",
    };

    private readonly Option<string> _poll = new("--poll")
    {
        HelpName = "blocking|busy",
        Description = "How the threads of feed and engine wait. blocking (default) sleeps until something comes; "
            + "busy asks again and again: soonest, and a core for each of the two.",
    };

    private readonly Option<bool> _live = new("--live")
    {
        Description = "Says that real money is meant; required by --gateway coinbase.",
    };

    private readonly Option<string> _seconds = new("--seconds")
    {
        HelpName = "N",
        Description = "Stops a live run in order N seconds after its start, for demonstrations and tests; "
            + "1 to 86400. Default: it runs until it is told to stop.",
    };

    private readonly Option<string> _reconcile = new("--reconcile")
    {
        HelpName = "report",
        Description = "Compares --db with the venue as a start after a crash does, shows what it would find and do, "
            + "and ends; nothing is written or sent. The exit code is 3 when they differ.",
    };

    /// <summary>Gives the options to <c>llp run</c>.</summary>
    public void AddTo(Command run)
    {
        foreach (Option option in (Option[])
            [_feed, _source, _gateway, _endpoints, _keyFile, _poll, _live, _seconds, _reconcile])
        {
            run.Add(option);
        }
    }

    /// <summary>What the options say.</summary>
    /// <param name="options">With all that is not said here.</param>
    /// <param name="result">The parsed command line.</param>
    /// <returns>The options, complete.</returns>
    public RunOptions Apply(RunOptions options, ParseResult result) => options with
    {
        Feed = result.GetValue(_feed),
        Source = result.GetValue(_source),
        Gateway = result.GetValue(_gateway),
        Endpoints = result.GetValue(_endpoints),
        KeyFile = result.GetValue(_keyFile),
        Poll = result.GetValue(_poll),
        Live = result.GetValue(_live),
        Seconds = result.GetValue(_seconds),
        Reconcile = result.GetValue(_reconcile),
    };
}
