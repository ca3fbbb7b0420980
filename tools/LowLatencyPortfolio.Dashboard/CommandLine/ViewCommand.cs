using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Persistence;
using Spectre.Console;

namespace LowLatencyPortfolio.Dashboard.CommandLine;

/// <summary>Reads once, shows once.</summary>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error: one line when nothing can be shown.</param>
/// <param name="terminal">The terminal behind standard output; null in a pipe, which gets plain text.</param>
internal sealed class ViewCommand(TextWriter output, TextWriter error, IAnsiConsole? terminal)
{
    /// <summary>What stands before every line on standard error.</summary>
    public const string Program = "llp-dashboard";

    /// <summary>Reads the database, closes it, and shows the view.</summary>
    /// <param name="options">File and JSON.</param>
    /// <param name="make">Makes the view; the database is open meanwhile and shows one state.</param>
    /// <returns>The exit code.</returns>
    public int Execute(DashboardOptions options, Func<PortfolioDatabase, View> make)
    {
        try
        {
            Show(options, Read(options.Database, make));
            return ExitCode.Success;
        }
        catch (Exception e) when (e is JournalException or BadArgumentException or ArgumentException)
        {
            return Lines.Refuse(error, [e.Message], ExitCode.BadInput, Program);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Lines.Refuse(error, [e.Message], ExitCode.Failed, Program);
        }
    }

    /// <summary>One state of the database as a view; the file is open no longer than that takes.</summary>
    /// <exception cref="JournalException">The file cannot be read as a portfolio; one line says why.</exception>
    public static View Read(string path, Func<PortfolioDatabase, View> make)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(path);
        return database.AtOnce(make);
    }

    private void Show(DashboardOptions options, View view)
    {
        if (options.JsonFile is { } file)
        {
            File.WriteAllText(file, ViewJson.Text(view));
        }

        if (options.JsonOnly)
        {
            output.Write(ViewJson.Text(view));
        }
        else if (terminal is null)
        {
            PlainPage.Write(output, view);
        }
        else
        {
            TerminalPage.Write(terminal, view);
        }
    }
}
