using LowLatencyPortfolio.Exchanges.Coinbase.Feed;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Host.Live;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Tests.Live;

/// <summary>Which arguments of a live run go together; every fault is one line that names its option.</summary>
public sealed class LiveArgumentsTests
{
    [Fact]
    public void Every_option_of_a_live_run_arrives()
    {
        RunOptions options = Parsed(
            "run", "--feed", "coinbase", "--gateway", "coinbase", "--endpoints", "e", "--key-file", "k", "--live",
            "--seconds", "5", "--poll", "busy", "--source", "matches");
        Assert.Equal(
            ("coinbase", "coinbase", "e", "k", true, "5", "busy"),
            (options.Feed, options.Gateway, options.Endpoints, options.KeyFile, options.Live, options.Seconds,
                options.Poll));
        Assert.Equal("matches", options.Source);
    }

    [Theory]
    [InlineData(CoinbaseFeedSource.AdvancedTrade)]
    [InlineData(CoinbaseFeedSource.AdvancedTrade, "--source", "market_trades")]
    [InlineData(CoinbaseFeedSource.ExchangeMatches, "--source", "matches")]
    public void Prices_come_from_market_trades_unless_matches_are_asked_for(
        CoinbaseFeedSource source, params string[] arguments)
    {
        Assert.Equal(source, LiveArguments.SourceOf(Parsed(["run", "--feed", "coinbase", .. arguments])));
    }

    [Fact]
    public void Only_a_topology_that_was_asked_for_counts_for_a_live_run()
    {
        Assert.False(Parsed("run", "--feed", "coinbase").TopologyGiven);
        RunOptions asked = Parsed("run", "--feed", "coinbase", "--topology", "inline");
        Assert.Equal((true, Topology.Inline), (asked.TopologyGiven, asked.Topology));
    }

    [Theory]
    [InlineData("--feed: is \"kraken\"; allowed: coinbase, or replay:FILE", "--feed", "kraken")]
    [InlineData("--gateway: needs --feed coinbase", "--gateway", "paper")]
    [InlineData("--endpoints: needs --feed coinbase", "--endpoints", "e")]
    [InlineData("--key-file: needs --feed coinbase", "--key-file", "k")]
    [InlineData("--poll: needs --feed coinbase", "--poll", "busy")]
    [InlineData(
        "--poll: is \"spin\"; allowed: blocking, busy", "--feed", "coinbase", "--config", "c", "--poll", "spin")]
    [InlineData("--source: needs --feed coinbase", "--source", "matches")]
    [InlineData(
        "--source: is \"ticker\"; allowed: market_trades, matches",
        "--feed", "coinbase", "--config", "c", "--source", "ticker")]
    [InlineData(
        "--source: not with --feed replay:FILE, which needs nothing but the recording",
        "--feed", "replay:r", "--source", "matches")]
    [InlineData("--live: needs --feed coinbase", "--live")]
    [InlineData("--seconds: needs --feed coinbase", "--seconds", "5")]
    [InlineData("--reconcile: needs --feed coinbase", "--reconcile", "report")]
    [InlineData(
        "--reconcile: is \"fix\"; allowed: report",
        "--feed", "coinbase", "--config", "c", "--gateway", "coinbase", "--reconcile", "fix")]
    [InlineData(
        "--reconcile: needs --db, whose orders and positions are compared",
        "--feed", "coinbase", "--config", "c", "--gateway", "coinbase", "--reconcile", "report")]
    [InlineData(
        "--db: none.db does not exist; there is nothing to compare",
        "--feed", "coinbase", "--config", "c", "--gateway", "coinbase", "--reconcile", "report", "--db", "none.db")]
    [InlineData(
        "--config: is required with --feed coinbase: a file whose pairs say what is traded", "--feed", "coinbase")]
    [InlineData(
        "--gateway: is \"binance\"; allowed: paper, coinbase",
        "--feed", "coinbase", "--config", "c", "--gateway", "binance")]
    [InlineData(
        "--ticks: not with --feed, which brings its own prices",
        "--feed", "coinbase", "--config", "c", "--ticks", "t")]
    [InlineData(
        "--recapitalize: not with --feed coinbase; a live portfolio keeps its totalCapital",
        "--feed", "coinbase", "--config", "c", "--recapitalize")]
    [InlineData(
        "--live: needs --gateway coinbase; on paper no money is at stake",
        "--feed", "coinbase", "--config", "c", "--gateway", "paper", "--live")]
    [InlineData(
        "--key-file: needs --gateway coinbase; public prices need no key",
        "--feed", "coinbase", "--config", "c", "--key-file", "k")]
    [InlineData(
        "--seconds: is \"0\"; allowed: 1 to 86400", "--feed", "coinbase", "--config", "c", "--seconds", "0")]
    [InlineData(
        "--seconds: is \"1.5\"; allowed: 1 to 86400", "--feed", "coinbase", "--config", "c", "--seconds", "1.5")]
    [InlineData(
        "--db: not with --feed replay:FILE, which needs nothing but the recording",
        "--feed", "replay:r", "--db", "d")]
    [InlineData(
        "--gateway: not with --feed replay:FILE, which needs nothing but the recording",
        "--feed", "replay:r", "--gateway", "paper")]
    [InlineData("--key-file: \" \" is not a file; allowed: a file", "--feed", "coinbase", "--config", "c",
        "--gateway", "coinbase", "--key-file", " ")]
    public void A_combination_that_cannot_be_meant_is_one_line(string expected, params string[] arguments) =>
        Assert.Equal([$"llp: {expected}"], Faults(arguments));

    [Fact]
    public void All_faults_of_the_arguments_are_told_at_once()
    {
        string[] lines = Faults("--feed", "coinbase", "--gateway", "x", "--ticks", "t", "--seconds", "never");
        Assert.Equal(4, lines.Length);
        Assert.All(
            (string[])["--gateway: ", "--ticks: ", "--config: ", "--seconds: "],
            option => Assert.Single(lines, line => line.StartsWith($"llp: {option}", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_comparison_takes_nothing_that_only_a_run_needs()
    {
        string[] lines = Faults(
            "--feed", "coinbase", "--config", "c", "--reconcile", "report", "--db", "none.db", "--entries", "e",
            "--json", "j", "--record", "r", "--seconds", "5");
        Assert.Equal(
            [
                "llp: --reconcile: needs --gateway coinbase; a paper venue ends with its program",
                "llp: --db: none.db does not exist; there is nothing to compare",
                .. ((string[])["--entries", "--json", "--record", "--seconds"]).Select(
                    option => $"llp: {option}: not with --reconcile report, which only looks"),
            ],
            lines);
    }

    [Fact]
    public void A_recording_as_feed_is_played_as_a_replay_of_it()
    {
        ReplayOptions? seen = null;
        using StringWriter writer = new();
        LiveCommand command = new(writer, writer, isTerminal: false, _ => null, options =>
        {
            seen = options;
            return 5;
        });
        Assert.Equal(5, command.Execute(Parsed("run", "--feed", "replay:a/b.rec", "--topology", "fused")));
        Assert.Equal(new ReplayOptions("a/b.rec", Topology.Fused), seen);
        Assert.Empty(writer.ToString());
    }

    [Fact]
    public void A_key_that_somebody_hands_over_on_the_command_line_is_not_repeated()
    {
        using StringWriter error = new() { NewLine = "\n" };
        LlpCommandLine commandLine = new(_ => 7, _ => 8, _ => 9);
        Assert.Equal(ExitCode.BadInput, commandLine.Invoke(["run", "--api-secret=c2VjcmV0"], error, error));
        Assert.Equal("llp: unknown argument '--api-secret'; see llp run --help\n", error.ToString());
    }

    private static string[] Faults(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new() { NewLine = "\n" };
        LiveCommand live = new(output, error, isTerminal: false, _ => null, _ => throw new InvalidOperationException());
        RunCommand run = new(output, error, isTerminal: false, (_, _) => throw new InvalidOperationException());
        LlpCommandLine commandLine = new(
            options => options.Feed is null ? run.Execute(options) : live.Execute(options), _ => 8, _ => 9);
        Assert.Equal(ExitCode.BadInput, commandLine.Invoke(["run", .. arguments], output, error));
        Assert.Empty(output.ToString());
        return error.ToString().TrimEnd('\n').Split('\n');
    }

    private static RunOptions Parsed(params string[] arguments)
    {
        RunOptions? seen = null;
        using StringWriter writer = new();
        LlpCommandLine commandLine = new(
            options =>
            {
                seen = options;
                return ExitCode.Success;
            },
            _ => 8, _ => 9);
        Assert.Equal(ExitCode.Success, commandLine.Invoke(arguments, writer, writer));
        return seen!;
    }
}
