using System.Globalization;
using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.CrashHost;

/// <summary>At which named point this process kills itself.</summary>
/// <param name="point">Its name; null for none.</param>
/// <param name="mark">File that takes the name when the point is reached.</param>
/// <param name="holdAfter">How far the clocks go on after the start; null for ever.</param>
internal sealed partial class CrashPlan(string? point, string? mark, TimeSpan? holdAfter)
{
    private const int Kill = 9;

    private readonly Lock _lock = new();

    public TimeSpan? HoldAfter => holdAfter;

    /// <summary>
    /// Reads <c>LLP_CRASH_POINT</c>, <c>LLP_CRASH_MARK</c> and <c>LLP_CRASH_HOLD_MS</c>.
    /// </summary>
    public static CrashPlan FromEnvironment(Func<string, string?> environment) => new(
        environment("LLP_CRASH_POINT"), environment("LLP_CRASH_MARK"),
        environment("LLP_CRASH_HOLD_MS") is { } ms
            ? TimeSpan.FromMilliseconds(int.Parse(ms, CultureInfo.InvariantCulture))
            : null);

    /// <summary>Whether this is the point.</summary>
    public bool Is(string name) => point == name;

    /// <summary>Ends this process as <c>kill -9</c> does if this is the point.</summary>
    /// <param name="name">Of the point that the caller stands at.</param>
    /// <param name="isHere">Whether it really does.</param>
    public void At(string name, bool isHere = true)
    {
        if (!isHere || point != name)
        {
            return;
        }

        lock (_lock)
        {
            File.WriteAllText(mark!, name);
            _ = SendSignal(Environment.ProcessId, Kill);
            Thread.Sleep(Timeout.Infinite);     // nothing goes on behind this line, however late the signal
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);
}
