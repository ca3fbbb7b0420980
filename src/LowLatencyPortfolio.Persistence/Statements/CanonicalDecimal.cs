using System.Globalization;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// Decimals as the database stores them: invariant text, exact, without trailing zeros, exponent, plus sign or negative
/// zero. One number has one text, so rows of two runs can be compared byte by byte.
/// </summary>
/// <remarks>Thread: any. Allocation: none but in <see cref="Parse"/>'s caller's text.</remarks>
internal static class CanonicalDecimal
{
    /// <summary>Room that every decimal fits in: sign, 0, point, 28 digits, or sign, 29 digits.</summary>
    public const int MaxBytes = 32;

    public static ReadOnlySpan<byte> Format(decimal value, Span<byte> room)
    {
        if (!value.TryFormat(room, out int length, default, CultureInfo.InvariantCulture))
        {
            throw new ArgumentException($"{MaxBytes} bytes of room are needed", nameof(room));
        }

        Span<byte> text = room[..length];
        return text.Contains((byte)'.') ? WithoutTrailingZeros(text) : text;
    }

    /// <summary>A ring count of 10⁻ᵈ as text, without the detour over a decimal.</summary>
    public static ReadOnlySpan<byte> FormatUnits(long units, int decimals, Span<byte> room)
    {
        if (units == 0)
        {
            room[0] = (byte)'0';
            return room[..1];
        }

        ulong magnitude = units < 0 ? (ulong)-(units + 1) + 1 : (ulong)units;
        while (decimals > 0 && magnitude % 10 == 0)
        {
            magnitude /= 10;
            decimals--;
        }

        int start = room.Length;
        for (int written = 0; magnitude != 0 || written <= decimals; written++)
        {
            if (written == decimals && decimals > 0)
            {
                room[--start] = (byte)'.';
            }

            room[--start] = (byte)('0' + (magnitude % 10));
            magnitude /= 10;
        }

        if (units < 0)
        {
            room[--start] = (byte)'-';
        }

        return room[start..];
    }

    public static decimal Parse(string text) =>
        decimal.Parse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    private static ReadOnlySpan<byte> WithoutTrailingZeros(Span<byte> text)
    {
        int end = text.Length;
        while (text[end - 1] == (byte)'0')
        {
            end--;
        }

        if (text[end - 1] == (byte)'.')
        {
            end--;
        }

        // "-0.00" cannot come out of TryFormat (.NET writes 0.00), so what is left is never "-0".
        return text[..end];
    }
}
