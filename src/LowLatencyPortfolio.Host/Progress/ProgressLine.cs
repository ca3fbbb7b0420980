using System.Globalization;
using LowLatencyPortfolio.Host.Entries;
using LowLatencyPortfolio.Host.Run;

namespace LowLatencyPortfolio.Host.Progress;

/// <summary>One line on a terminal that says how far a run is, written anew five times a second.</summary>
/// <remarks>
/// Thread: a timer thread reads <see cref="RunProgress"/>; the run itself never prints. In a pipe nothing is written.
/// </remarks>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);
    private readonly TerminalLine _line;

    /// <summary>Starts the line.</summary>
    /// <param name="terminal">Where the line goes.</param>
    /// <param name="isTerminal">False writes nothing at all.</param>
    /// <param name="progress">What to show.</param>
    /// <param name="firstNs">Time of the input's first tick, ns UTC: 0 %.</param>
    /// <param name="lastNs">Time of the input's last tick, ns UTC: 100 %.</param>
    public ProgressLine(TextWriter terminal, bool isTerminal, RunProgress progress, long firstNs, long lastNs)
    {
        _line = new TerminalLine(
            terminal, isTerminal, Period, () => Text(progress.Ticks, progress.EventTimeNs, firstNs, lastNs));
        _line.Start();
    }

    /// <summary>Writes the line now, over the one before.</summary>
    public void Show() => _line.Show();

    /// <summary>Ends the line and wipes it away, so that the report starts on a clean one.</summary>
    public void Dispose() => _line.Dispose();

    /// <summary>The line's words.</summary>
    /// <param name="ticks">Ticks so far.</param>
    /// <param name="eventTimeNs">Time of the newest tick, ns UTC; 0 before the first.</param>
    /// <param name="firstNs">0 %.</param>
    /// <param name="lastNs">100 %.</param>
    /// <returns>
    /// Such as <c> 42 %  84,321 ticks  2023-12-09 13:20 UTC</c>; the share is of event time, rounded down.
    /// </returns>
    public static string Text(long ticks, long eventTimeNs, long firstNs, long lastNs)
    {
        long span = Math.Max(1, lastNs - firstNs);
        long done = Math.Clamp(eventTimeNs - firstNs, 0, span);
        long percent = (long)((Int128)done * 100 / span);
        string time = eventTimeNs == 0 ? "starting" : $"{UtcTime.Minute(eventTimeNs)} UTC";
        return string.Create(CultureInfo.InvariantCulture, $"{percent,3} %  {ticks:N0} ticks  {time}");
    }
}
