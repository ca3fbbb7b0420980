using System.Globalization;
using System.Text;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Persistence.Tests;

public sealed class CanonicalDecimalTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("0.00", "0")]
    [InlineData("-0.00", "0")]
    [InlineData("0.10", "0.1")]
    [InlineData("-1.50", "-1.5")]
    [InlineData("100", "100")]
    [InlineData("100.00", "100")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("-0.0000000000000000000000000001", "-0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("-79228162514264337593543950335", "-79228162514264337593543950335")]
    [InlineData("-7.9228162514264337593543950335", "-7.9228162514264337593543950335")]
    public void A_number_has_one_text(string number, string text) =>
        Assert.Equal(text, Format(decimal.Parse(number, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(0L, 8, "0")]
    [InlineData(1L, 8, "0.00000001")]
    [InlineData(-1L, 16, "-0.0000000000000001")]
    [InlineData(100_000_000L, 8, "1")]
    [InlineData(150_000_000L, 8, "1.5")]
    [InlineData(1000L, 0, "1000")]
    [InlineData(long.MaxValue, 8, "92233720368.54775807")]
    [InlineData(long.MinValue, 8, "-92233720368.54775808")]
    [InlineData(long.MinValue, 0, "-9223372036854775808")]
    public void A_ring_count_is_written_as_the_number_it_stands_for(long units, int decimals, string text) =>
        Assert.Equal(text, FormatUnits(units, decimals));

    [Fact]
    public void Any_decimal_comes_back_exactly_and_any_ring_count_has_the_text_of_its_decimal()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        ProductSpec product = new("X-USD", 0.01m, 0.00000001m);
        for (int i = 0; i < 20_000; i++)
        {
            int high = random.Next(1 << random.Next(1, 31));
            decimal value = new(random.Next(), random.Next(), high, random.Next(2) == 0, (byte)random.Next(29));
            string text = Format(value);
            Assert.True(CanonicalDecimal.Parse(text) == value, $"seed {seed}: {value} became {text}");
            Assert.False(text.Contains('.', StringComparison.Ordinal) && text.EndsWith('0'), $"seed {seed}: {text}");

            long units = random.NextInt64() >> random.Next(63);
            Assert.True(FormatUnits(units, 8) == Format(product.PriceOf(units)), $"seed {seed}: {units}");
        }
    }

    private static string Format(decimal value)
    {
        Span<byte> room = stackalloc byte[CanonicalDecimal.MaxBytes];
        return Encoding.ASCII.GetString(CanonicalDecimal.Format(value, room));
    }

    private static string FormatUnits(long units, int decimals)
    {
        Span<byte> room = stackalloc byte[CanonicalDecimal.MaxBytes];
        return Encoding.ASCII.GetString(CanonicalDecimal.FormatUnits(units, decimals, room));
    }
}
