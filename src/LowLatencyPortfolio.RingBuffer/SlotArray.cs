using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Disruptor;

/// <summary>
/// Allocates the slots with room on both ends, so that no neighbour on the heap shares a line with them.
/// </summary>
internal static class SlotArray
{
    /// <summary>Two cache lines: processors fetch them in pairs.</summary>
    public const int EdgeBytes = 128;

    /// <summary>Allocates at least <paramref name="count"/> slots and the padding around them.</summary>
    /// <param name="count">Number of slots, 1 or more.</param>
    /// <param name="firstSlotOffset">From the array's first element to slot 0, in bytes. Without references in the
    /// event the array is pinned and this need not be a multiple of the event's size.</param>
    public static T[] Allocate<T>(int count, out nint firstSlotOffset)
        where T : struct
    {
        var size = Unsafe.SizeOf<T>();
        var edge = (EdgeBytes + size - 1) / size;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            firstSlotOffset = (nint)edge * size;
            return new T[edge + count + edge];
        }

        var aligningEdge = ((2 * EdgeBytes) + size - 1) / size;
        var slots = GC.AllocateArray<T>(aligningEdge + count + edge, pinned: true);
        var misalignment = AddressModuloEdge(ref MemoryMarshal.GetArrayDataReference(slots));
        firstSlotOffset = (2 * EdgeBytes) - misalignment;
        return slots;
    }

    /// <summary>0 to 127: how far past a multiple of 128 a place in memory lies.</summary>
    public static int AddressModuloEdge<T>(ref T place)
        where T : struct => (int)((nuint)Unsafe.ByteOffset(ref Unsafe.NullRef<T>(), ref place) % EdgeBytes);
}
