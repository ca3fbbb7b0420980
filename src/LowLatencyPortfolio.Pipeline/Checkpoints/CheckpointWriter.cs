using System.Buffers.Binary;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>Writes state as a flat little-endian record into a buffer that is kept and reused.</summary>
/// <remarks>Thread: one at a time. Allocation: only when the buffer has to grow.</remarks>
/// <param name="capacity">Bytes to begin with; give what a checkpoint will need and nothing is allocated later.</param>
public sealed class CheckpointWriter(int capacity = 64 * 1024)
{
    private byte[] _buffer = new byte[capacity];

    /// <summary>Bytes written since <see cref="Reset"/>.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write or reset.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    /// <summary>Starts over, keeping the buffer.</summary>
    public void Reset() => Length = 0;

    /// <summary>
    /// Opens a named section; the reader checks the name, so that a mismatch is found where it begins.
    /// </summary>
    /// <param name="name">Up to 255 ASCII characters.</param>
    public void Section(string name) => Write(name);

    /// <summary>Writes a whole number.</summary>
    /// <param name="value">Any value.</param>
    public void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), value);
        Length += sizeof(long);
    }

    /// <summary>Writes a truth value.</summary>
    /// <param name="value">Any value.</param>
    public void Write(bool value) => Write(value ? 1L : 0L);

    /// <summary>Writes a 128-bit whole number.</summary>
    /// <param name="value">Any value.</param>
    public void Write(Int128 value)
    {
        BinaryPrimitives.WriteInt128LittleEndian(Room(16), value);
        Length += 16;
    }

    /// <summary>Writes a decimal with its scale.</summary>
    /// <param name="value">Any value.</param>
    public void Write(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(value, bits);
        Span<byte> room = Room(16);
        for (int i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(room[(i * 4)..], bits[i]);
        }

        Length += 16;
    }

    /// <summary>Writes text.</summary>
    /// <param name="value">ASCII, at most 65,535 characters.</param>
    public void Write(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Write((long)value.Length);
        Length += System.Text.Encoding.ASCII.GetBytes(value, Room(value.Length));
    }

    /// <summary>Writes plain bytes, such as an array of structs without references.</summary>
    /// <param name="value">The bytes.</param>
    public void Write(ReadOnlySpan<byte> value)
    {
        Write((long)value.Length);
        value.CopyTo(Room(value.Length));
        Length += value.Length;
    }

    /// <summary>Writes bytes without their length; nothing may follow them.</summary>
    /// <param name="value">The bytes.</param>
    public void WriteRest(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Room(value.Length));
        Length += value.Length;
    }

    private Span<byte> Room(int size)
    {
        if (_buffer.Length - Length < size)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + size));
        }

        return _buffer.AsSpan(Length);
    }
}
