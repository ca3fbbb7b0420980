using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>How often the process' threads gave up a core, and how often one was taken from them.</summary>
internal static partial class ContextSwitches
{
    private const int Self = 0;
    private const int VoluntaryAt = 16;
    private const int InvoluntaryAt = 17;

    /// <summary>
    /// Since the start of the process, all threads, ended ones included; zeros where the system is not Linux.
    /// </summary>
    public static (long Voluntary, long Involuntary) OfProcess()
    {
        Span<long> usage = stackalloc long[32];
        if (!OperatingSystem.IsLinux() || GetUsage(Self, ref MemoryMarshal.GetReference(usage)) != 0)
        {
            return (0, 0);
        }

        return (usage[VoluntaryAt], usage[InvoluntaryAt]);
    }

    // struct rusage: two times of two words each, then fourteen words of which the last two are the switches.
    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, ref long usage);
}
