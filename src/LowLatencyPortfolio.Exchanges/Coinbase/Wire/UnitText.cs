namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Writes ring units as the plain decimal text the venue takes: no exponent, no trailing zeros, exact.
/// </summary>
internal static class UnitText
{
    /// <summary>Most characters of a number: 19 digits, a point, a leading zero.</summary>
    public const int MaxLength = 24;

    private const int MaxDigits = 20;

    /// <param name="units">At least 0.</param>
    /// <param name="decimals">Decimals of the unit, 0 to 18.</param>
    /// <param name="to">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(long units, int decimals, Span<byte> to)
    {
        Span<byte> digits = stackalloc byte[MaxDigits];
        int first = MaxDigits;
        ulong rest = (ulong)units;
        do
        {
            (rest, ulong digit) = Math.DivRem(rest, 10);
            digits[--first] = (byte)('0' + digit);
        }
        while (rest != 0);
        while (MaxDigits - first <= decimals)
        {
            digits[--first] = (byte)'0';
        }

        ReadOnlySpan<byte> whole = digits[first..(MaxDigits - decimals)];
        ReadOnlySpan<byte> fraction = digits[(MaxDigits - decimals)..].TrimEnd((byte)'0');
        whole.CopyTo(to);
        if (fraction.IsEmpty)
        {
            return whole.Length;
        }

        to[whole.Length] = (byte)'.';
        fraction.CopyTo(to[(whole.Length + 1)..]);
        return whole.Length + 1 + fraction.Length;
    }
}
