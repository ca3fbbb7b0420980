using System.Text.RegularExpressions;
using LowLatencyPortfolio.Dashboard.CommandLine;
using LowLatencyPortfolio.Dashboard.Watch;

namespace LowLatencyPortfolio.Dashboard.Tests;

public sealed partial class WatchTests : IDisposable
{
    private readonly MadeMarket _market = new MadeMarket(seed: 7).Run();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void In_a_pipe_one_plain_snapshot_comes_and_a_signal_ends_it_in_order(string signal)
    {
        using ProgramProcess watch =
            ProgramProcess.Dashboard("watch", "--db", _market.Database, "--interval", "0.1");
        watch.WaitFor(output => output.EndsWith("----\n", StringComparison.Ordinal), "no snapshot");
        watch.Signal(signal);
        Assert.Equal((0, string.Empty), watch.Finish());
        Assert.Equal(Dashboard.Text("watch", _market.Database), watch.Output);
    }

    [Fact]
    public void On_a_terminal_it_draws_within_80_columns_and_Ctrl_C_gives_the_screen_back()
    {
        using ProgramProcess watch =
            ProgramProcess.DashboardOnTerminal($"watch --db '{_market.Database}' --interval 0.1");
        watch.WaitFor(output => output.Contains("Ctrl-C ends", StringComparison.Ordinal), "nothing was drawn");
        watch.Type('\x03');
        Assert.Equal(0, watch.Finish().ExitCode);
        string screen = watch.Output;
        Assert.Contains("\e[?1049h", screen, StringComparison.Ordinal);
        Assert.Contains("\e[?1049l", screen, StringComparison.Ordinal);
        Assert.Contains("\e[?25h", screen, StringComparison.Ordinal);
        string plain = Escape().Replace(screen, string.Empty);
        Assert.Contains("Total: $100,000 | Deployed: ", plain, StringComparison.Ordinal);
        Assert.All(plain.Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= 80, line));
    }

    [Fact]
    public void On_a_terminal_a_command_draws_tables_within_80_columns()
    {
        using ProgramProcess pairs = ProgramProcess.DashboardOnTerminal($"pairs --db '{_market.Database}'");
        Assert.Equal(0, pairs.Finish().ExitCode);
        string plain = Escape().Replace(pairs.Output, string.Empty);
        Assert.Contains('─', plain);
        Assert.All(plain.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    [Fact]
    public void A_change_is_shown_and_no_change_is_not()
    {
        StringWriter output = new() { NewLine = "\n" };
        using (PipeSurface surface = new(output, output, json: false))
        {
            using MadeMarket other = new MadeMarket(seed: 8).Run();
            string first = Show(surface, output, _market.Database);
            Assert.Equal(first, Show(surface, output, _market.Database));
            Assert.StartsWith(first, Show(surface, output, other.Database), StringComparison.Ordinal);
            Assert.NotEqual(first, output.ToString());
        }
    }

    [Fact]
    public void It_ends_when_nobody_reads_it_any_more()
    {
        using MadeMarket other = new MadeMarket(seed: 8).Run();
        string watched = _market.InFolder("watched.db");
        File.Copy(_market.Database, watched);
        using ProgramProcess watch = ProgramProcess.Shell(
            $"dotnet '{ProgramProcess.Beside("llp-dashboard.dll")}' watch --db '{watched}' --interval 0.1 | head -n 1");
        watch.WaitFor(output => output.Contains('\n', StringComparison.Ordinal), "no snapshot");
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                {
                    // Now and then another portfolio: a pipe is found broken only when something is written.
                    PutInPlace(other.Database, watched);
                    PutInPlace(_market.Database, watched);
                    return watch.HasExited;
                },
                ProgramProcess.Deadline),
            "it goes on for nobody");
        Assert.Equal(0, watch.Finish().ExitCode);
    }

    [Fact]
    public void A_database_that_goes_away_is_told_once_and_waited_for()
    {
        using ProgramProcess watch = ProgramProcess.Dashboard("watch", "--db", _market.Database, "--interval", "0.1");
        watch.WaitFor(output => output.EndsWith("----\n", StringComparison.Ordinal), "no snapshot");
        File.Delete(_market.Database);
        watch.WaitForError(error => error.Contains("there is no database", StringComparison.Ordinal));
        using MadeMarket other = new MadeMarket(seed: 8).Run();
        PutInPlace(other.Database, _market.Database);
        string shown = Dashboard.Text("watch", other.Database);
        watch.WaitFor(output => output.EndsWith(shown, StringComparison.Ordinal), "the new database was not shown");
        watch.Signal("INT");
        (int exitCode, string error) = watch.Finish();
        Assert.Equal(0, exitCode);
        Assert.Single(error.Split('\n'), line => line.Contains("there is no database", StringComparison.Ordinal));
    }

    public void Dispose() => _market.Dispose();

    private static void PutInPlace(string database, string place)
    {
        File.Copy(database, place + ".new", overwrite: true);
        File.Move(place + ".new", place, overwrite: true);
        Thread.Yield();
    }

    private static string Show(PipeSurface surface, StringWriter output, string database)
    {
        surface.Show(ViewCommand.Read(
            database,
            open => Views.WatchView.Of(open, Persistence.PortfolioPicture.Read(open), modeSinceNs: null)));
        return output.ToString();
    }

    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Escape();
}
