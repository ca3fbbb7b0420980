using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Tests.CommandLine;

public sealed class LlpCommandLineTests
{
    [Fact]
    public void Run_without_options_asks_for_the_sample()
    {
        RunOptions options = Options("run");
        Assert.Empty(options.Ticks);
        Assert.Equal(
            (null, null, null, null, Topology.Inline, false),
            (options.Entries, options.Config, options.Database, options.Json, options.Topology, options.Recapitalize));
    }

    [Fact]
    public void Every_option_arrives()
    {
        RunOptions options = Options(
            "run", "--ticks", "a", "b", "--entries", "e", "--config", "c", "--db", "d", "--topology",
            "fused", "--json", "j", "--recapitalize");
        Assert.Equal(["a", "b"], options.Ticks);
        Assert.Equal(
            ("e", "c", "d", "j", Topology.Fused, true),
            (options.Entries, options.Config, options.Database, options.Json, options.Topology, options.Recapitalize));
    }

    [Fact]
    public void Ticks_may_be_given_several_times() =>
        Assert.Equal(["a", "b", "c"], Options("run", "--ticks", "a", "b", "--db", "x", "--ticks", "c").Ticks);

    [Theory]
    [InlineData("--json", "-")]
    [InlineData("--json=-", null)]
    public void A_dash_sends_the_JSON_to_standard_output(string first, string? second) =>
        Assert.True(Options([.. new[] { "run", first, second }.OfType<string>()]).JsonToOutput);

    [Theory]
    [InlineData("llp: unknown argument '--tick'; did you mean --ticks? see llp run --help", "run", "--tick", "a")]
    [InlineData("llp: unknown argument 'extra'; see llp run --help", "run", "extra")]
    [InlineData("llp: Option '--db' is required; see llp resume --help", "resume")]
    [InlineData("llp: Required argument 'FILE' missing for command: 'replay'; see llp replay --help", "replay")]
    [InlineData(
        "llp: unknown argument '--rebas'; did you mean --rebase? see llp resume --help",
        "resume", "--db", "a", "--rebas")]
    [InlineData("llp: unknown argument 'runn'; did you mean run? see llp --help", "runn")]
    [InlineData("llp: unknown argument '@file'; see llp run --help", "run", "@file")]
    [InlineData("llp: Required argument missing for option: '--db'; see llp run --help", "run", "--db")]
    [InlineData("llp: Required argument missing for option: '--ticks'; see llp run --help", "run", "--ticks")]
    [InlineData(
        "llp: Option '--db' expects a single argument but 2 were provided; see llp run --help",
        "run", "--db", "a", "--db", "b")]
    [InlineData(
        "llp: Argument 'four' not recognized. Must be one of: 'inline' 'fused' 'staged'; see llp run --help",
        "run", "--topology", "four")]
    public void Arguments_that_cannot_be_understood_are_one_line_and_exit_code_2(
        string expected, params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new() { NewLine = "\n" };
        LlpCommandLine commandLine = Only(_ => throw new InvalidOperationException("must not run"));
        Assert.Equal(ExitCode.BadInput, commandLine.Invoke(arguments, output, error));
        Assert.Equal(expected + "\n", error.ToString());
        Assert.Empty(output.ToString());
    }

    [Fact]
    public void Help_explains_every_option_and_the_exit_codes()
    {
        string help = Help("run", "--help");
        string[] needed =
        [
            "--ticks", "--entries", "--signals", "--config", "--db", "--topology", "--json", "--record",
            "--recapitalize",
            "Exit codes", "standard error", "time,product_id,price,qty[,order_type]", "bundled sample",
            "inline|fused|staged", "--feed", "coinbase|replay:FILE", "--gateway", "--endpoints", "--key-file", "--live",
            "--seconds", "COINBASE_API_KEY",
        ];
        Assert.All(needed, word => Assert.Contains(word, help, StringComparison.Ordinal));
        Assert.All(help.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 120, line));
    }

    [Fact]
    public void Without_arguments_the_program_says_how_to_start()
    {
        Assert.Contains("llp run", Help(), StringComparison.Ordinal);
        Assert.Equal(Help(), Help("--help"));
    }

    [Fact]
    public void The_version_is_one_line() => Assert.Matches(@"^\d+\.\d+\.\d+\S*\s*$", Help("--version"));

    [Fact]
    public void The_exit_code_is_that_of_the_run()
    {
        using StringWriter writer = new();
        Assert.Equal(7, Only(_ => 7).Invoke(["run"], writer, writer));
    }

    [Fact]
    public void An_exception_that_nobody_expected_is_one_line()
    {
        using StringWriter error = new() { NewLine = "\n" };
        int exit = Only(_ => throw new NotSupportedException("out of\nluck.")).Invoke(["run"], error, error);
        Assert.Equal(ExitCode.Failed, exit);
        Assert.StartsWith(
            "llp: internal error: NotSupportedException: out of luck; set LLP_DEBUG=1 for details\n",
            error.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_stack_trace_is_shown_only_when_asked_for()
    {
        using StringWriter error = new() { NewLine = "\n" };
        InternalError.Write(error, new NotSupportedException("no"), withTrace: false);
        Assert.Single(error.ToString().TrimEnd('\n').Split('\n'));
        InternalError.Write(error, new NotSupportedException("no"), withTrace: true);
        Assert.Contains("System.NotSupportedException: no", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_of_a_resume_arrives()
    {
        ResumeOptions? seen = null;
        using StringWriter writer = new();
        LlpCommandLine commandLine = new(_ => 7, options =>
        {
            seen = options;
            return ExitCode.Success;
        }, _ => 9);
        Assert.Equal(ExitCode.Success, commandLine.Invoke(["resume", "--db", "d"], writer, writer));
        Assert.Equal(new ResumeOptions("d", null, false), seen);
        Assert.Equal(
            ExitCode.Success,
            commandLine.Invoke(["resume", "--db", "d", "--config", "c", "--rebase"], writer, writer));
        Assert.Equal(new ResumeOptions("d", "c", true), seen);
    }

    [Fact]
    public void The_file_and_the_topology_of_a_replay_arrive()
    {
        List<ReplayOptions> seen = [];
        using StringWriter writer = new();
        LlpCommandLine commandLine = new(_ => 7, _ => 8, options =>
        {
            seen.Add(options);
            return 9;
        });
        Assert.Equal(9, commandLine.Invoke(["replay", "f"], writer, writer));
        Assert.Equal(9, commandLine.Invoke(["replay", "f", "--topology", "staged"], writer, writer));
        Assert.Equal([new ReplayOptions("f", Topology.Inline), new ReplayOptions("f", Topology.Staged)], seen);
        Assert.Equal("r", Options("run", "--record", "r").Record);
        Assert.Empty(writer.ToString());
    }

    private static LlpCommandLine Only(Func<RunOptions, int> run) => new(run, _ => 8, _ => 9);

    private static string Help(params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        Assert.Equal(ExitCode.Success, Only(_ => 7).Invoke(arguments, output, error));
        Assert.Empty(error.ToString());
        return output.ToString();
    }

    private static RunOptions Options(params string[] arguments)
    {
        RunOptions? seen = null;
        using StringWriter writer = new();
        LlpCommandLine commandLine = Only(options =>
        {
            seen = options;
            return ExitCode.Success;
        });
        Assert.Equal(ExitCode.Success, commandLine.Invoke(arguments, writer, writer));
        Assert.Empty(writer.ToString());
        return seen!;
    }
}
