using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Disruptor;

/// <summary>The two checks both sequencers make, with the throwing kept out of the inlined paths.</summary>
internal static class SequencerArguments
{
    public static int CheckSize(int bufferSize)
    {
        if (bufferSize < 1 || !BitOperations.IsPow2(bufferSize))
        {
            throw new ArgumentException(
                $"The size must be a power of two and at least 1, but is {bufferSize}.", nameof(bufferSize));
        }

        return bufferSize;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CheckCount(int n, int bufferSize)
    {
        if ((uint)(n - 1) >= (uint)bufferSize)
            ThrowCountOutOfRange(n, bufferSize);
    }

    [DoesNotReturn]
    private static void ThrowCountOutOfRange(int n, int bufferSize) =>
        throw new ArgumentException($"The number of events must be in 1 to {bufferSize}, but is {n}.", nameof(n));
}
