using System.Buffers.Binary;
using System.Numerics;

namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>Finds where a JSON text has to be looked at.</summary>
internal static class TextStop
{
    private const ulong EachByte = 0x0101_0101_0101_0101;
    private const ulong HighBits = 0x8080_8080_8080_8080;

    /// <summary>First quote, backslash or control character from a place on; eight bytes at a time.</summary>
    /// <returns>The text's length when there is none.</returns>
    public static int IndexOf(ReadOnlySpan<byte> text, int at)
    {
        for (; at + sizeof(ulong) <= text.Length; at += sizeof(ulong))
        {
            ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(text[at..]);
            ulong quote = bytes ^ (EachByte * '"');
            ulong backslash = bytes ^ (EachByte * '\\');

            // A borrow may mark bytes above a marked one too: only the lowest mark is read.
            ulong marks = ((quote - EachByte) & ~quote) | ((backslash - EachByte) & ~backslash)
                | ((bytes - (EachByte * ' ')) & ~bytes);
            marks &= HighBits;
            if (marks != 0)
            {
                return at + (BitOperations.TrailingZeroCount(marks) / 8);
            }
        }

        while (at < text.Length && text[at] >= ' ' && text[at] != '"' && text[at] != '\\')
        {
            at++;
        }

        return at;
    }
}
