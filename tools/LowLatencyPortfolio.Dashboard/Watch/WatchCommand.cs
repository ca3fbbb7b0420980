using LowLatencyPortfolio.Dashboard.CommandLine;
using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Watch;

/// <summary>
/// <c>watch</c>: looks again and again until it is stopped; the database is closed between two looks.
/// </summary>
/// <param name="error">Standard error: the line that refuses.</param>
/// <param name="surface">Makes the surface, once the database has been read.</param>
internal sealed class WatchCommand(TextWriter error, Func<DashboardOptions, IWatchSurface> surface)
{
    /// <summary>Watches.</summary>
    /// <param name="options">File and JSON.</param>
    /// <param name="interval">Time between two looks, above 0.</param>
    /// <param name="make">Makes the view.</param>
    /// <param name="stop">Ends the watch in order.</param>
    /// <returns>The exit code: 0 when it was stopped, or its reader has gone.</returns>
    public int Execute(
        DashboardOptions options, TimeSpan interval, Func<PortfolioDatabase, View> make, CancellationToken stop)
    {
        try
        {
            // A database that cannot be read at the start is refused as by every command; later it may come back.
            View view = ViewCommand.Read(options.Database, make);
            using IWatchSurface shown = surface(options);
            Show(shown, options, view);
            while (!stop.WaitHandle.WaitOne(interval))
            {
                Look(shown, options, make);
            }

            return ExitCode.Success;
        }
        catch (Exception e) when (e is JournalException or ArgumentException)
        {
            return Lines.Refuse(error, [e.Message], ExitCode.BadInput, ViewCommand.Program);
        }
        catch (IOException e) when (IsBrokenPipe(e))
        {
            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Lines.Refuse(error, [e.Message], ExitCode.Failed, ViewCommand.Program);
        }
    }

    private static void Look(IWatchSurface shown, DashboardOptions options, Func<PortfolioDatabase, View> make)
    {
        View view;
        try
        {
            view = ViewCommand.Read(options.Database, make);
        }
        catch (JournalException e)
        {
            shown.Say($"{ViewCommand.Program}: {e.Message.ReplaceLineEndings(" ")}");
            return;
        }

        Show(shown, options, view);
    }

    private static void Show(IWatchSurface shown, DashboardOptions options, View view)
    {
        if (options is { JsonFile: { } file, NextJsonFile: { } next })
        {
            // Renamed over the old one: who reads it never sees a half.
            File.WriteAllText(next, ViewJson.Text(view));
            File.Move(next, file, overwrite: true);
        }

        shown.Show(view);
    }

    // EPIPE, or its Windows kin ERROR_NO_DATA and ERROR_BROKEN_PIPE.
    private static bool IsBrokenPipe(IOException e) =>
        e.HResult is 32 or unchecked((int)0x800700E8) or unchecked((int)0x8007006D)
        || e.Message.Contains("Broken pipe", StringComparison.OrdinalIgnoreCase);
}
