using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Disruptor;

namespace LowLatencyPortfolio.RingBuffer.Tests;

/// <summary>128 bytes, two cache lines, stand between what different threads write.</summary>
public class LayoutTests
{
    private const int Apart = 128;

    [Fact]
    public void A_sequence_stands_alone()
    {
        var offset = Offset(typeof(Sequence), "_value");
        Assert.True(offset + sizeof(long) >= Apart, "too near the object before");
        Assert.True(SizeOf(typeof(Sequence)) - offset >= Apart, "too near the next");
    }

    [Theory]
    [InlineData(typeof(ClaimState))]
    [InlineData(typeof(RingBufferFields))]
    public void Hot_fields_are_padded_on_both_sides(Type type)
    {
        var offsets = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(field => Offset(type, field.Name)).ToArray();
        Assert.True(offsets.Min() >= Apart);
        Assert.True(SizeOf(type) - (offsets.Max() + sizeof(long)) >= Apart);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public void Slots_begin_on_a_line_and_keep_off_both_ends_of_their_array(int count)
    {
        Check<Ev>(count, aligned: true);
        Check<byte>(count, aligned: true);
        Check<Big>(count, aligned: true);
        Check<(long, string)>(count, aligned: false);
    }

    private static void Check<T>(int count, bool aligned)
        where T : struct
    {
        var slots = SlotArray.Allocate<T>(count, out var firstSlotOffset);
        var arrayBytes = (nint)slots.Length * Unsafe.SizeOf<T>();
        Assert.True(firstSlotOffset >= Apart);
        Assert.True(arrayBytes - firstSlotOffset - ((nint)count * Unsafe.SizeOf<T>()) >= Apart);
        if (!aligned)
            return;
        ref var first = ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(slots), firstSlotOffset);
        Assert.Equal(0, SlotArray.AddressModuloEdge(ref first));
        GC.Collect();
        Assert.Equal(0, SlotArray.AddressModuloEdge(ref first));
    }

    private static int Offset(Type type, string field) =>
        type.GetField(field, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!
            .GetCustomAttribute<FieldOffsetAttribute>()!.Value;

    private static int SizeOf(Type type) => type.StructLayoutAttribute!.Size;

    [InlineArray(300)]
    private struct Big
    {
        private byte _first;
    }
}
