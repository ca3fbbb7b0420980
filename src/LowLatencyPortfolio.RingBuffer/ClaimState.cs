using System.Runtime.InteropServices;

namespace Disruptor;

/// <summary>
/// What a producer writes on every claim, 128 bytes away from everything else. One thread writes both fields, so they
/// may share a line.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 128 + 16 + 128)]
internal struct ClaimState
{
    /// <summary>The last claimed sequence.</summary>
    [FieldOffset(128)]
    public long Claimed;

    /// <summary>
    /// The highest sequence known to be free: the slowest consumer as last seen, plus the size. Consumers only move
    /// on, so an old value is too low and never too high.
    /// </summary>
    [FieldOffset(136)]
    public long Limit;
}
