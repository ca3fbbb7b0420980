using System.Diagnostics;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Simulation.Tests.Live;

/// <summary>A session on a terminal that is closed under it, as a connection that breaks off does.</summary>
public sealed class TerminalTests : LiveTest
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private string Database => Workspace.File("terminal.db");

    [Fact]
    public async Task A_terminal_that_is_closed_stops_the_session_in_order()
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(Workspace);
        string[] arguments = Arguments(venue);
        using Process terminal = StartOnTerminal(
            $"exec sh {Quoted(Inner(arguments, "--default-signal=HUP"))}");       // the terminal's hang-up is for it
        await HoldingAsync();
        terminal.Kill();
        await UntilAsync(IsDatabaseFree, "it ended");
        AssertContinues(arguments);
    }

    [Fact]
    public async Task A_session_that_ignores_hang_ups_goes_on_without_its_terminal()
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(Workspace);
        string[] arguments = Arguments(venue);
        string outer = Workspace.Write("outer.sh", $"""
            trap : HUP
            sh {Quoted(Inner(arguments, "--ignore-signal=HUP"))}
            echo $? > {Quoted(Workspace.File("exit"))}

            """);
        using Process terminal = StartOnTerminal($"sh {Quoted(outer)}");
        await HoldingAsync();
        terminal.Kill();

        // Written once a second, as the status line is: three of the one are later than one of the other.
        long closedNs = NewestMarkNs();
        await UntilAsync(() => NewestMarkNs() > closedNs + 3_000_000_000, "it went on");
        using Process kill = Process.Start("kill", ["-TERM", File.ReadAllText(Workspace.File("pid")).Trim()]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await UntilAsync(() => File.Exists(Workspace.File("exit")) && ExitText().Length > 0, "it ended");
        Assert.Equal("0", ExitText());
        AssertContinues(arguments);
    }

    private string[] Arguments(ExchangeSimProcess venue) =>
        [.. LiveSession.Arguments(Workspace, venue, "paper"), "--db", Database];

    // A script that starts the program and writes down its number.
    private string Inner(string[] arguments, string signal)
    {
        string[] all = [.. arguments, "--entries", LiveSession.Entries(Workspace)];
        string program = string.Join(
            ' ', ((string[])["dotnet", Path.Combine(AppContext.BaseDirectory, "llp.dll"), .. all]).Select(Quoted));
        return Workspace.Write("inner.sh", $"""
            echo $$ > {Quoted(Workspace.File("pid"))}
            exec env --default-signal=INT {signal} {program}

            """);
    }

    private static Process StartOnTerminal(string command)
    {
        ProcessStartInfo start = new("script", ["-qfc", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        Process terminal = Process.Start(start)!;
        terminal.OutputDataReceived += (_, _) => { };
        terminal.BeginOutputReadLine();
        return terminal;
    }

    private static string Quoted(string text) => $"'{text}'";

    // Whoever trades on it holds its lock, and a process that ended in whatever way does not.
    private bool IsDatabaseFree()
    {
        try
        {
            using FileStream held = new(Database + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private string ExitText() => File.ReadAllText(Workspace.File("exit")).Trim();

    private Task HoldingAsync() => UntilAsync(() => File.Exists(Database) && NewestMarkNs() > 0, "a position is held");

    private long NewestMarkNs()
    {
        try
        {
            using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Database);
            return database.Marks().Select(mark => mark.KnownAtNs).DefaultIfEmpty().Max();
        }
        catch (JournalException)
        {
            return 0;       // it is being made
        }
    }

    // After anything but a stop in order a paper session is not continued.
    private void AssertContinues(string[] arguments)
    {
        LlpResult next = Run([.. arguments, "--seconds", "1"]);
        Assert.True(next.ExitCode == 0, next.Error);
        Assert.Contains("Active Positions: 1 |", next.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Reconciled:", next.Output, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> holds, string what)
    {
        long begun = Stopwatch.GetTimestamp();
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(200));
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < Deadline, $"never: {what}");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
