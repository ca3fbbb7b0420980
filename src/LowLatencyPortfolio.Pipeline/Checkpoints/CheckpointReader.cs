using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>Reads what <see cref="CheckpointWriter"/> wrote, in the same order.</summary>
/// <param name="bytes">A whole checkpoint.</param>
/// <remarks>
/// Thread: one at a time. Every read throws <see cref="InvalidDataException"/> when the bytes end or do not fit.
/// </remarks>
public sealed class CheckpointReader(ReadOnlyMemory<byte> bytes)
{
    private int _position;

    /// <summary>Whether everything was read.</summary>
    public bool AtEnd => _position == bytes.Length;

    /// <summary>Checks that the section of this name begins here.</summary>
    /// <param name="name">The name the writer gave.</param>
    public void Section(string name)
    {
        string found = ReadString();
        if (found != name)
        {
            throw new InvalidDataException($"checkpoint section \"{name}\" expected, \"{found}\" found");
        }
    }

    /// <summary>Begins the section of this name if it is the one that is here.</summary>
    /// <param name="name">The name the writer gave.</param>
    /// <returns>False when another begins here, or nothing; nothing was read.</returns>
    /// <remarks>For what older programs did not write.</remarks>
    public bool TrySection(string name)
    {
        int here = _position;
        if (!AtEnd && ReadString() == name)
        {
            return true;
        }

        _position = here;
        return false;
    }

    /// <summary>Reads a whole number.</summary>
    /// <returns>The number.</returns>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>Reads a whole number that fits 32 bits.</summary>
    /// <returns>The number.</returns>
    public int ReadInt32() => checked((int)ReadInt64());

    /// <summary>Reads a truth value.</summary>
    /// <returns>The value.</returns>
    public bool ReadBoolean() => ReadInt64() != 0;

    /// <summary>Reads a 128-bit whole number.</summary>
    /// <returns>The number.</returns>
    public Int128 ReadInt128() => BinaryPrimitives.ReadInt128LittleEndian(Take(16));

    /// <summary>Reads a decimal with its scale.</summary>
    /// <returns>The number.</returns>
    public decimal ReadDecimal()
    {
        ReadOnlySpan<byte> taken = Take(16);
        Span<int> bits = stackalloc int[4];
        for (int i = 0; i < 4; i++)
        {
            bits[i] = BinaryPrimitives.ReadInt32LittleEndian(taken[(i * 4)..]);
        }

        return new decimal(bits);
    }

    /// <summary>Reads text.</summary>
    /// <returns>The text.</returns>
    public string ReadString() => System.Text.Encoding.ASCII.GetString(Take(ReadInt32()));

    /// <summary>Reads plain bytes.</summary>
    /// <returns>A view of them, valid as long as the checkpoint.</returns>
    public ReadOnlySpan<byte> ReadBytes() => Take(ReadInt32());

    /// <summary>Reads an array of structs without references that was written as plain bytes.</summary>
    /// <typeparam name="T">As written.</typeparam>
    /// <param name="into">Where to; exactly as many as were written.</param>
    public void ReadInto<T>(Span<T> into)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = ReadBytes();
        Span<byte> room = MemoryMarshal.AsBytes(into);
        if (bytes.Length != room.Length)
        {
            throw new InvalidDataException(
                $"checkpoint has {bytes.Length} bytes of {typeof(T).Name} at {_position}; {room.Length} expected");
        }

        bytes.CopyTo(room);
    }

    /// <summary>Reads one struct without references that was written as plain bytes.</summary>
    /// <typeparam name="T">As written.</typeparam>
    /// <returns>The struct.</returns>
    public T ReadStruct<T>()
        where T : unmanaged
    {
        T value = default;
        ReadInto(new Span<T>(ref value));
        return value;
    }

    /// <summary>Reads all that is left.</summary>
    /// <returns>A view of it, valid as long as the checkpoint; empty at the end.</returns>
    public ReadOnlySpan<byte> ReadRest() => Take(bytes.Length - _position);

    private ReadOnlySpan<byte> Take(int size)
    {
        if (size < 0 || bytes.Length - _position < size)
        {
            throw new InvalidDataException(
                $"checkpoint ends at byte {bytes.Length}; {size} more needed at {_position}");
        }

        ReadOnlySpan<byte> taken = bytes.Span.Slice(_position, size);
        _position += size;
        return taken;
    }
}
