using System.Globalization;
using System.Text;

namespace LowLatencyPortfolio.Domain.Tests.Products;

public sealed class DecimalTextTests
{
    [Theory]
    [InlineData("0", 8, 0)]
    [InlineData("0.0", 8, 0)]
    [InlineData("1", 8, 100_000_000)]
    [InlineData("36123.45", 8, 3_612_345_000_000)]
    [InlineData("0.00000001", 8, 1)]
    [InlineData("1.10", 1, 11)]                                     // zeros finer than the unit say nothing
    [InlineData("1.10000000000000000000000000", 8, 110_000_000)]
    [InlineData("12.000", 0, 12)]
    [InlineData("007.50", 2, 750)]
    [InlineData("00000000000000000000000000001.5", 2, 150)]
    [InlineData("92233720368.54775807", 8, long.MaxValue)]
    [InlineData("9223372036854775807", 0, long.MaxValue)]
    [InlineData("9223372036854775807.0", 0, long.MaxValue)]
    [InlineData("9.223372036854775807", 18, long.MaxValue)]
    public void Plain_numbers_become_exact_units(string text, int decimals, long expected)
    {
        Assert.Equal((TextFault.None, expected), Both(text, decimals));
    }

    [Theory]
    [InlineData("", TextFault.Empty)]
    [InlineData("-1", TextFault.Sign)]
    [InlineData("+1", TextFault.Sign)]
    [InlineData("1-2", TextFault.Sign)]
    [InlineData("-", TextFault.Sign)]
    [InlineData("-0", TextFault.Sign)]
    [InlineData("1e5", TextFault.Exponent)]
    [InlineData("1.5E-3", TextFault.Exponent)]
    [InlineData("1.e5", TextFault.Exponent)]
    [InlineData("e5", TextFault.NotADigit)]
    [InlineData(" 1", TextFault.Blank)]
    [InlineData("1 ", TextFault.Blank)]
    [InlineData("1 000", TextFault.Blank)]
    [InlineData("\t1", TextFault.Blank)]
    [InlineData("1\r", TextFault.Blank)]
    [InlineData("1\n", TextFault.Blank)]
    [InlineData("NaN", TextFault.NotADigit)]
    [InlineData("Infinity", TextFault.NotADigit)]
    [InlineData("1,000", TextFault.NotADigit)]
    [InlineData("1_000", TextFault.NotADigit)]
    [InlineData("0x10", TextFault.NotADigit)]
    [InlineData("$1", TextFault.NotADigit)]
    [InlineData("1/", TextFault.NotADigit)]      // the characters beside the digits in ASCII
    [InlineData("1:", TextFault.NotADigit)]
    [InlineData("1\0", TextFault.NotADigit)]
    [InlineData("١", TextFault.NotADigit)]       // a digit, but not one of ours
    [InlineData("1.2.3", TextFault.TwoPoints)]
    [InlineData("1..2", TextFault.TwoPoints)]
    [InlineData("1.2.", TextFault.TwoPoints)]
    [InlineData(".5", TextFault.LeadingPoint)]
    [InlineData(".", TextFault.LeadingPoint)]
    [InlineData("..", TextFault.LeadingPoint)]
    [InlineData("5.", TextFault.TrailingPoint)]
    [InlineData("1.123456789", TextFault.TooManyDecimals)]
    [InlineData("0.000000001", TextFault.TooManyDecimals)]
    [InlineData("0.00000000000000000000000000000000001", TextFault.TooManyDecimals)]
    [InlineData("92233720368.54775808", TextFault.TooLarge)]
    [InlineData("92233720369", TextFault.TooLarge)]
    [InlineData("999999999999999999", TextFault.TooLarge)]
    [InlineData("18446744073709551616", TextFault.TooLarge)]                    // wraps around to 0 in 64 bits
    [InlineData("340282366920938463463374607431768211456", TextFault.TooLarge)] // wraps around to 0 in 128 bits
    [InlineData("1.12345678901234567890x", TextFault.NotADigit)]                // form before value
    [InlineData("99999999999999999999999-", TextFault.Sign)]
    public void Anything_else_is_refused_by_name(string text, TextFault expected)
    {
        Assert.Equal((expected, 0L), Both(text, decimals: 8));
    }

    [Fact]
    public void Units_round_trip_through_their_text()
    {
        Seed seed = Seed.Take();
        Random random = seed.Random();
        for (int i = 0; i < 200_000; i++)
        {
            int decimals = random.Next(0, 17);
            long units = random.NextInt64(0, long.MaxValue >> random.Next(0, 63));
            decimal value = new decimal((int)units, (int)(units >> 32), 0, false, (byte)decimals);
            string text = value.ToString(CultureInfo.InvariantCulture);
            Assert.True(Both(text, decimals) == (TextFault.None, units), $"{seed}; {text} with {decimals}");
        }
    }

    [Fact]
    public void Random_numbers_agree_with_the_runtimes_decimal_parser()
    {
        Seed seed = Seed.Take();
        Random random = seed.Random();
        for (int i = 0; i < 200_000; i++)
        {
            string text = Digits(random, random.Next(1, 15));
            text += random.Next(3) == 0 ? string.Empty : "." + Digits(random, random.Next(1, 13));
            int decimals = random.Next(0, 13);
            decimal scaled = decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            for (int power = 0; power < decimals; power++)
            {
                scaled *= 10m;
            }

            (TextFault, long) expected = decimal.Truncate(scaled) > long.MaxValue ? (TextFault.TooLarge, 0)
                : scaled != decimal.Truncate(scaled) ? (TextFault.TooManyDecimals, 0)
                : (TextFault.None, (long)scaled);
            Assert.True(Both(text, decimals) == expected, $"{seed}; {text} with {decimals}: {expected}");
        }
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("100", 0)]
    [InlineData("1.0", 0)]
    [InlineData("1.50", 1)]
    [InlineData("0.00012300", 6)]
    [InlineData("0.000", 0)]
    public void Trailing_zeros_are_not_significant(string text, int expected)
    {
        Assert.Equal(expected, DecimalText.SignificantDecimals(text));
        Assert.Equal(expected, DecimalText.SignificantDecimals(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(19)]
    public void A_unit_has_zero_to_eighteen_decimals(int decimals)
    {
        Assert.Throws<IndexOutOfRangeException>(() => DecimalText.Parse("1", decimals, out _));
        Assert.Throws<IndexOutOfRangeException>(() => DecimalText.Parse("x", decimals, out _));
    }

    [Fact]
    public void Every_fault_has_its_own_words()
    {
        string[] words = [.. Enum.GetValues<TextFault>().Select(DecimalText.Describe)];
        Assert.Equal(words.Length, words.Distinct().Count());
        Assert.DoesNotContain(words, text => text.Contains("unknown", StringComparison.Ordinal));
        Assert.Equal("has an exponent; write all digits", DecimalText.Describe(TextFault.Exponent));
    }

    [Fact]
    public void Parsing_allocates_nothing()
    {
        byte[] good = "36123.45"u8.ToArray();
        byte[] bad = "1.5e-7"u8.ToArray();
        byte[] many = "1.10000000000000000000000000"u8.ToArray();
        Assert.Equal(1_000 * (3_612_345_000_000 + 110_000_000), Sum(good, bad, many));
        long sum = 0;
        Assert.Equal(0, Garbage.Of(() => sum += Sum(good, bad, many)));
        Assert.True(sum > 0);
    }

    private static long Sum(byte[] good, byte[] bad, byte[] many)
    {
        long sum = 0;
        for (int i = 0; i < 1_000; i++)
        {
            DecimalText.Parse(good, 8, out long first);
            DecimalText.Parse(bad, 8, out long second);
            DecimalText.Parse(many, 8, out long third);
            sum += first + second + third;
        }

        return sum;
    }

    private static (TextFault Fault, long Units) Both(string text, int decimals)
    {
        TextFault fromChars = DecimalText.Parse(text, decimals, out long charUnits);
        TextFault fromBytes = DecimalText.Parse(Encoding.UTF8.GetBytes(text), decimals, out long byteUnits);
        Assert.Equal((fromChars, charUnits), (fromBytes, byteUnits));
        return (fromChars, charUnits);
    }

    private static string Digits(Random random, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + random.Next(random.Next(2) == 0 ? 10 : 1))));
}
