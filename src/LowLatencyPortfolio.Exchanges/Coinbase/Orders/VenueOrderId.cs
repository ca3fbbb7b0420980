using System.Runtime.CompilerServices;
using System.Text;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>The venue's id of an order, kept in place so that an answer costs no string.</summary>
/// <remarks>Ids are UUIDs of 36 characters; up to 63 of any printable ASCII but quotes are taken.</remarks>
internal struct VenueOrderId : IEquatable<VenueOrderId>
{
    /// <summary>Most characters.</summary>
    public const int MaxLength = 63;

    private Characters _characters;
    private byte _length;

    public readonly bool IsEmpty => _length == 0;

    [System.Diagnostics.CodeAnalysis.UnscopedRef]
    public readonly ReadOnlySpan<byte> Text => ((ReadOnlySpan<byte>)_characters)[.._length];

    /// <summary>Takes an id over.</summary>
    /// <returns>False when it is empty, too long or not plain text.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out VenueOrderId id)
    {
        id = default;
        if (text.IsEmpty || text.Length > MaxLength || text.ContainsAnyExceptInRange((byte)'!', (byte)'~')
            || text.ContainsAny((byte)'"', (byte)'\\', (byte)'/'))
        {
            return false;
        }

        text.CopyTo(id._characters);
        id._length = (byte)text.Length;
        return true;
    }

    /// <summary>Takes an id over.</summary>
    /// <returns>False when it is empty, too long or not plain text.</returns>
    public static bool TryParse(string text, out VenueOrderId id)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        id = default;
        return Encoding.UTF8.TryGetBytes(text, bytes, out int length) && TryParse(bytes[..length], out id);
    }

    public readonly bool Equals(VenueOrderId other) => Text.SequenceEqual(other.Text);

    public override readonly bool Equals(object? obj) => obj is VenueOrderId other && Equals(other);

    public override readonly int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(Text);
        return hash.ToHashCode();
    }

    public override readonly string ToString() => Encoding.ASCII.GetString(Text);

    [InlineArray(MaxLength)]
    private struct Characters
    {
        private byte _first;
    }
}
