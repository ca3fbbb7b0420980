using System.Runtime.CompilerServices;

namespace LowLatencyPortfolio.Domain;

/// <summary>
/// Reads plain decimal text (<c>36123.45</c>) straight into fixed units: exact, because no binary floating point is
/// involved, and strict, because a feed that writes anything else has changed and must be looked at.
/// </summary>
/// <remarks>
/// Thread: any. Allocation: none, but for the words of a fault. Leading zeros are allowed, and trailing zeros finer
/// than the unit too: they say nothing. Source: SPEC 1.
/// </remarks>
public static class DecimalText
{
    /// <summary>Most decimals that a unit may have.</summary>
    public const int MaxDecimals = 18;

    /// <summary>Digits that never overflow 64 bits.</summary>
    private const int SafeDigits = 18;

    // An array and not a constant span: the span allocates on each use in code that is not optimized.
    private static readonly ulong[] PowersOfTen =
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
        10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
        1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    /// <summary>Reads a number from UTF-8 text.</summary>
    /// <param name="text">The whole number and nothing else.</param>
    /// <param name="decimals">Decimals of the unit, 0 to 18: with 8, <c>1.5</c> is 150,000,000 units.</param>
    /// <param name="units">The count of units, at least 0; 0 with a fault.</param>
    /// <returns>
    /// <see cref="TextFault.None"/>, or the first character that is out of place, and only then what does not fit.
    /// </returns>
    /// <exception cref="IndexOutOfRangeException">The unit's decimals are not 0 to 18.</exception>
    public static TextFault Parse(ReadOnlySpan<byte> text, int decimals, out long units) =>
        ParseFast<byte, Utf8>(text, decimals, out units);

    /// <summary>Reads a number from UTF-16 text.</summary>
    /// <param name="text">The whole number and nothing else.</param>
    /// <param name="decimals">Decimals of the unit, 0 to 18.</param>
    /// <param name="units">The count of units, at least 0; 0 with a fault.</param>
    /// <returns>As of the UTF-8 overload.</returns>
    /// <exception cref="IndexOutOfRangeException">The unit's decimals are not 0 to 18.</exception>
    public static TextFault Parse(ReadOnlySpan<char> text, int decimals, out long units) =>
        ParseFast<char, Utf16>(text, decimals, out units);

    /// <summary>Decimals that matter in a number's text, from which a product's increment is inferred.</summary>
    /// <param name="text">A text that <c>Parse</c> accepts.</param>
    /// <returns>Digits after the point up to the last one that is not 0; 0 without a point.</returns>
    public static int SignificantDecimals(ReadOnlySpan<byte> text) => SignificantDecimals<byte, Utf8>(text);

    /// <summary>Decimals that matter in a number's text, from which a product's increment is inferred.</summary>
    /// <param name="text">A text that <c>Parse</c> accepts.</param>
    /// <returns>Digits after the point up to the last one that is not 0; 0 without a point.</returns>
    public static int SignificantDecimals(ReadOnlySpan<char> text) => SignificantDecimals<char, Utf16>(text);

    /// <summary>The words of a fault, to follow the name of a field and its text.</summary>
    /// <param name="fault">What <c>Parse</c> answered.</param>
    /// <returns>Such as <c>has an exponent; write all digits</c>.</returns>
    public static string Describe(TextFault fault) => fault switch
    {
        TextFault.None => "is a plain decimal number",
        TextFault.Empty => "is empty",
        TextFault.Sign => "has a sign; it must be a plain number of at least 0",
        TextFault.Exponent => "has an exponent; write all digits",
        TextFault.Blank => "contains a blank",
        TextFault.NotADigit => "contains a character that is neither a digit nor a decimal point",
        TextFault.TwoPoints => "has two decimal points",
        TextFault.LeadingPoint => "has no digit before its decimal point",
        TextFault.TrailingPoint => "has no digit after its decimal point",
        TextFault.TooManyDecimals => "has more decimals than its unit",
        TextFault.TooLarge => "is too large for 64 bits of its unit",
        _ => $"has the unknown fault {fault}",
    };

    /// <summary>
    /// One pass over a number that is well formed, short enough and not finer than the unit: nearly every one.
    /// </summary>
    private static TextFault ParseFast<T, TCode>(ReadOnlySpan<T> text, int decimals, out long units)
        where TCode : struct, ICode<T>
    {
        ulong value = 0;
        int i = AddDigits<T, TCode>(text, 0, ref value);
        int fraction = 0;
        if (i < text.Length)
        {
            int start = i + 1;
            if (TCode.Of(text[i]) != '.' || i == 0)
            {
                return ParseSlowly<T, TCode>(text, decimals, out units);
            }

            i = AddDigits<T, TCode>(text, start, ref value);
            fraction = i - start;
            if (i < text.Length || fraction == 0)
            {
                return ParseSlowly<T, TCode>(text, decimals, out units);
            }
        }

        if (text.Length - 1 > SafeDigits || text.IsEmpty || fraction > decimals)
        {
            return ParseSlowly<T, TCode>(text, decimals, out units);
        }

        ulong high = Math.BigMul(value, PowersOfTen[decimals - fraction], out ulong low);
        bool fits = high == 0 && low <= long.MaxValue;
        units = fits ? (long)low : 0;
        return fits ? TextFault.None : TextFault.TooLarge;
    }

    /// <summary>Takes digits in from a position on and answers where they end; the caller rules out overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int AddDigits<T, TCode>(ReadOnlySpan<T> text, int start, ref ulong value)
        where TCode : struct, ICode<T>
    {
        ulong sum = value;
        int i = start;
        for (; i < text.Length; i++)
        {
            uint digit = TCode.Of(text[i]) - '0';
            if (digit > 9)
            {
                break;
            }

            sum = (sum * 10) + digit;
        }

        value = sum;
        return i;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TextFault ParseSlowly<T, TCode>(ReadOnlySpan<T> text, int decimals, out long units)
        where TCode : struct, ICode<T>
    {
        units = 0;
        _ = PowersOfTen[decimals];
        TextFault fault = Misplaced<T, TCode>(text, out int point);
        if (fault != TextFault.None)
        {
            return fault;
        }

        ulong value = 0;
        int unitEnd = point < 0 ? text.Length + decimals : point + 1 + decimals;
        for (int i = 0; i < unitEnd; i++)
        {
            if (i == point)
            {
                continue;
            }

            uint digit = i < text.Length ? TCode.Of(text[i]) - '0' : 0;
            if (value > ((ulong)long.MaxValue - digit) / 10)
            {
                return TextFault.TooLarge;
            }

            value = (value * 10) + digit;
        }

        for (int i = unitEnd; i < text.Length; i++)
        {
            if (TCode.Of(text[i]) != '0')
            {
                return TextFault.TooManyDecimals;
            }
        }

        units = (long)value;
        return TextFault.None;
    }

    /// <summary>
    /// What is wrong with the form of a text, whatever its value; and where its point is, −1 for none.
    /// </summary>
    private static TextFault Misplaced<T, TCode>(ReadOnlySpan<T> text, out int point)
        where TCode : struct, ICode<T>
    {
        point = -1;
        for (int i = 0; i < text.Length; i++)
        {
            uint character = TCode.Of(text[i]);
            if (character == '.' && point < 0 && i > 0)
            {
                point = i;
            }
            else if (character is < '0' or > '9')
            {
                return FaultOf(character, i, hasPoint: point >= 0);
            }
        }

        if (text.IsEmpty)
        {
            return TextFault.Empty;
        }

        return point == text.Length - 1 ? TextFault.TrailingPoint : TextFault.None;
    }

    private static TextFault FaultOf(uint character, int position, bool hasPoint) => character switch
    {
        '+' or '-' => TextFault.Sign,
        'e' or 'E' when position > 0 => TextFault.Exponent,
        ' ' or '\t' or '\r' or '\n' => TextFault.Blank,
        '.' when hasPoint => TextFault.TwoPoints,
        '.' => TextFault.LeadingPoint,
        _ => TextFault.NotADigit,
    };

    private static int SignificantDecimals<T, TCode>(ReadOnlySpan<T> text)
        where TCode : struct, ICode<T>
    {
        int significant = 0;
        int point = -1;
        for (int i = 0; i < text.Length; i++)
        {
            uint character = TCode.Of(text[i]);
            if (character == '.')
            {
                point = i;
            }
            else if (point >= 0 && character != '0')
            {
                significant = i - point;
            }
        }

        return significant;
    }

    /// <summary>
    /// How a character is read. Generic math would do the same in optimized code, but boxes every character before.
    /// </summary>
    private interface ICode<T>
    {
        static abstract uint Of(T character);
    }

    private readonly struct Utf8 : ICode<byte>
    {
        public static uint Of(byte character) => character;
    }

    private readonly struct Utf16 : ICode<char>
    {
        public static uint Of(char character) => character;
    }
}
