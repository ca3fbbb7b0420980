using System.Globalization;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Host.Configuration;

namespace LowLatencyPortfolio.Host.Live;

/// <summary>Which arguments of <c>llp run</c> go together when there is a feed, and which need one.</summary>
internal static class LiveArguments
{
    /// <summary>The live feed.</summary>
    public const string Coinbase = "coinbase";

    /// <summary>Orders are matched in this process.</summary>
    public const string Paper = "paper";

    /// <summary>Begins the name of a feed that is a recording.</summary>
    public const string ReplayPrefix = "replay:";

    /// <summary>Prices come from Advanced Trade.</summary>
    public const string MarketTrades = "market_trades";

    /// <summary>Prices come from Coinbase Exchange.</summary>
    public const string Matches = "matches";

    /// <summary>Threads sleep until something comes.</summary>
    public const string Blocking = "blocking";

    /// <summary>Threads ask again and again.</summary>
    public const string Busy = "busy";

    /// <summary>Compares, and does nothing.</summary>
    public const string Report = "report";

    private const int MostSeconds = 86_400;

    /// <summary>Looks at the arguments by themselves; no file is read.</summary>
    /// <param name="options">From the command line.</param>
    /// <param name="faults">Takes one line a fault, which names the option.</param>
    public static void Check(RunOptions options, FaultLines faults)
    {
        switch (options.Feed)
        {
            case null:
                RefuseAll(OfLive(options), "needs --feed coinbase", faults);
                break;
            case Coinbase:
                CheckLive(options, faults);
                break;
            case var recording when recording.StartsWith(ReplayPrefix, StringComparison.Ordinal):
                RefuseAll(
                    [.. OfLive(options), .. OfReplay(options)],
                    $"not with --feed {ReplayPrefix}FILE, which needs nothing but the recording", faults);
                break;
            default:
                string shown = FaultLines.Shown(options.Feed);
                faults.Add("--feed", $"is \"{shown}\"; allowed: {Coinbase}, or {ReplayPrefix}FILE");
                break;
        }
    }

    /// <summary>How long a live run lasts.</summary>
    /// <param name="options">Checked before.</param>
    /// <returns>Null until it is told to stop.</returns>
    public static TimeSpan? LengthOf(RunOptions options) =>
        TryReadSeconds(options.Seconds, out int seconds) ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Where the prices of a live run come from.</summary>
    /// <param name="options">Checked before.</param>
    public static CoinbaseFeedSource SourceOf(RunOptions options) => options.Source == Matches
        ? CoinbaseFeedSource.ExchangeMatches
        : CoinbaseFeedSource.AdvancedTrade;

    private static void CheckLive(RunOptions options, FaultLines faults)
    {
        bool atVenue = options.Gateway == Coinbase;
        if (options.Gateway is not (null or Paper or Coinbase))
        {
            faults.Add("--gateway", $"is \"{FaultLines.Shown(options.Gateway)}\"; allowed: {Paper}, {Coinbase}");
        }

        if (options.Ticks.Count > 0)
        {
            faults.Add("--ticks", "not with --feed, which brings its own prices");
        }

        if (options.Recapitalize)
        {
            faults.Add("--recapitalize", "not with --feed coinbase; a live portfolio keeps its totalCapital");
        }

        if (options.Config is null)
        {
            faults.Add("--config", "is required with --feed coinbase: a file whose pairs say what is traded");
        }

        if (!atVenue && options.Live)
        {
            faults.Add("--live", $"needs --gateway {Coinbase}; on paper no money is at stake");
        }

        if (!atVenue && options.KeyFile is not null)
        {
            faults.Add("--key-file", $"needs --gateway {Coinbase}; public prices need no key");
        }

        if (options.Source is not (null or MarketTrades or Matches))
        {
            faults.Add("--source", $"is \"{FaultLines.Shown(options.Source)}\"; allowed: {MarketTrades}, {Matches}");
        }

        if (options.Poll is not (null or Blocking or Busy))
        {
            faults.Add("--poll", $"is \"{FaultLines.Shown(options.Poll)}\"; allowed: {Blocking}, {Busy}");
        }

        if (options.Reconcile is { } asked)
        {
            CheckReconcile(asked, options, faults);
        }

        if (options.Seconds is { } written && !TryReadSeconds(written, out _))
        {
            faults.Add("--seconds", $"is \"{FaultLines.Shown(written)}\"; allowed: 1 to {MostSeconds}");
        }
    }

    private static void CheckReconcile(string asked, RunOptions options, FaultLines faults)
    {
        if (asked != Report)
        {
            faults.Add("--reconcile", $"is \"{FaultLines.Shown(asked)}\"; allowed: {Report}");
            return;
        }

        if (options.Gateway != Coinbase)
        {
            faults.Add("--reconcile", $"needs --gateway {Coinbase}; a paper venue ends with its program");
        }

        if (options.Database is not { } database)
        {
            faults.Add("--reconcile", "needs --db, whose orders and positions are compared");
        }
        else if (!File.Exists(database))
        {
            faults.Add("--db", $"{database} does not exist; there is nothing to compare");
        }

        RefuseAll(
            [
                ("--entries", options.Entries is not null), ("--json", options.Json is not null),
                ("--record", options.Record is not null), ("--seconds", options.Seconds is not null),
                ("--live", options.Live),
            ],
            $"not with --reconcile {Report}, which only looks", faults);
    }

    private static bool TryReadSeconds(string? text, out int seconds) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds)
        && seconds is > 0 and <= MostSeconds;

    private static IEnumerable<(string Option, bool IsGiven)> OfLive(RunOptions options) =>
    [
        ("--source", options.Source is not null),
        ("--gateway", options.Gateway is not null),
        ("--endpoints", options.Endpoints is not null),
        ("--key-file", options.KeyFile is not null),
        ("--poll", options.Poll is not null),
        ("--live", options.Live),
        ("--seconds", options.Seconds is not null),
        ("--reconcile", options.Reconcile is not null),
    ];

    private static IEnumerable<(string Option, bool IsGiven)> OfReplay(RunOptions options) =>
    [
        ("--ticks", options.Ticks.Count > 0),
        ("--entries", options.Entries is not null),
        ("--signals", options.Signals),
        ("--config", options.Config is not null),
        ("--db", options.Database is not null),
        ("--json", options.Json is not null),
        ("--record", options.Record is not null),
        ("--recapitalize", options.Recapitalize),
    ];

    private static void RefuseAll(
        IEnumerable<(string Option, bool IsGiven)> options, string why, FaultLines faults)
    {
        foreach ((string option, _) in options.Where(option => option.IsGiven))
        {
            faults.Add(option, why);
        }
    }
}
