using System.Globalization;

namespace LowLatencyPortfolio.Host.Configuration;

/// <summary>Reads a decimal number from its text, digit by digit the same, or says why it cannot.</summary>
internal static class ExactDecimal
{
    private const int MostIntegerDigits = 12;
    private const int MostDecimals = 16;

    /// <summary>
    /// Reads an optional minus, digits, and optionally a point and digits: the numbers of JSON without exponent.
    /// </summary>
    /// <param name="text">The number's text, without blanks.</param>
    /// <param name="value">The exact value, without trailing zeros; 0 when there is a fault.</param>
    /// <returns>Null when read; otherwise what is allowed.</returns>
    /// <remarks>
    /// Rounding: none. A number of 10¹² or more, or with more than 16 decimals that matter, is a fault (SPEC 1).
    /// </remarks>
    public static string? Read(ReadOnlySpan<char> text, out decimal value)
    {
        value = 0m;
        ReadOnlySpan<char> digits = text.StartsWith("-") ? text[1..] : text;
        if (digits.ContainsAny('e', 'E') && IsNumberWithExponent(digits))
        {
            return "a number without exponent, such as 0.00001";
        }

        int point = digits.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? digits : digits[..point];
        ReadOnlySpan<char> fraction = point < 0 ? [] : digits[(point + 1)..];
        if (!IsDigits(whole) || (point >= 0 && !IsDigits(fraction)) || (whole.Length > 1 && whole[0] == '0'))
        {
            return "a decimal number, such as 0.05";
        }

        fraction = fraction.TrimEnd('0');
        if (whole.Length > MostIntegerDigits)
        {
            return "a number below 10^12";
        }

        if (fraction.Length > MostDecimals)
        {
            return $"a number of at most {MostDecimals} decimals";
        }

        // At most 12 + 16 digits: within the 28 that decimal holds exactly.
        string exact = fraction.IsEmpty ? whole.ToString() : $"{whole}.{fraction}";
        value = decimal.Parse(exact, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        value = text.Length != digits.Length && value != 0m ? -value : value;
        return null;
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');

    private static bool IsNumberWithExponent(ReadOnlySpan<char> text)
    {
        int e = text.IndexOfAny('e', 'E');
        ReadOnlySpan<char> exponent = text[(e + 1)..].TrimStart("+-");
        return e > 0 && IsDigits(exponent) && !text[..e].ContainsAnyExceptInRange('.', '9');
    }
}
