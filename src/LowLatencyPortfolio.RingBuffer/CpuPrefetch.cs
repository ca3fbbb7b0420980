using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Disruptor;

/// <summary>
/// Asks for a cache line that another core wrote before it is read, so that its way here overlaps with the handling of
/// others.
/// </summary>
internal static class CpuPrefetch
{
    /// <summary>
    /// How many events ahead: far enough for a line to come from another core, near enough to be still there.
    /// </summary>
    public const int Ahead = 8;

    /// <summary>A hint; an address that the garbage collector has moved meanwhile does no harm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void ForReading<T>(ref T place)
        where T : struct
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref place));
    }
}
