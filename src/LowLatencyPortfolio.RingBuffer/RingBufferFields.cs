using System.Runtime.InteropServices;

namespace Disruptor;

/// <summary>
/// What every claim, publish and read loads, clear of anything that is written beside the ring object.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 128 + 48 + 128)]
internal struct RingBufferFields
{
    /// <summary>The slot array, of the ring's event type.</summary>
    [FieldOffset(128)]
    public object Slots;

    /// <summary>Set if the sequencer is of this type, so that the call needs no interface.</summary>
    [FieldOffset(136)]
    public SingleProducerSequencer? Single;

    /// <summary>Set if the sequencer is of this type, so that the call needs no interface.</summary>
    [FieldOffset(144)]
    public MultiProducerSequencer? Multi;

    /// <summary>The sequencer, whatever its type.</summary>
    [FieldOffset(152)]
    public ISequencer Sequencer;

    /// <summary>From the array's first element to slot 0, in bytes.</summary>
    [FieldOffset(160)]
    public nint FirstSlotOffset;

    /// <summary>Size less one.</summary>
    [FieldOffset(168)]
    public long Mask;
}
