using System.Globalization;
using LowLatencyPortfolio.Host.Configuration;

namespace LowLatencyPortfolio.Host.Tests.Configuration;

public sealed class ExactDecimalTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("0.05")]
    [InlineData("-10")]
    [InlineData("100000")]
    [InlineData("0.1234567890123456")]
    [InlineData("999999999999.9999999999999999")]
    [InlineData("-999999999999.9999999999999999")]
    public void A_number_keeps_every_digit(string text)
    {
        Assert.Null(ExactDecimal.Read(text, out decimal value));
        Assert.Equal(text, value.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("1.500", "1.5")]
    [InlineData("2.000000000000000000000000000000", "2")]
    [InlineData("-0.0", "0")]
    public void Trailing_zeros_do_not_count(string text, string canonical)
    {
        Assert.Null(ExactDecimal.Read(text, out decimal value));
        Assert.Equal(canonical, value.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("1e5", "a number without exponent, such as 0.00001")]
    [InlineData("5E-2", "a number without exponent, such as 0.00001")]
    [InlineData("-1.5e+3", "a number without exponent, such as 0.00001")]
    [InlineData("", "a decimal number, such as 0.05")]
    [InlineData("-", "a decimal number, such as 0.05")]
    [InlineData("+1", "a decimal number, such as 0.05")]
    [InlineData(" 1", "a decimal number, such as 0.05")]
    [InlineData("1,5", "a decimal number, such as 0.05")]
    [InlineData("1_000", "a decimal number, such as 0.05")]
    [InlineData(".5", "a decimal number, such as 0.05")]
    [InlineData("5.", "a decimal number, such as 0.05")]
    [InlineData("007", "a decimal number, such as 0.05")]
    [InlineData("1.2.3", "a decimal number, such as 0.05")]
    [InlineData("0x10", "a decimal number, such as 0.05")]
    [InlineData("NaN", "a decimal number, such as 0.05")]
    [InlineData("e5", "a decimal number, such as 0.05")]
    [InlineData("\u0661", "a decimal number, such as 0.05")]
    [InlineData("1000000000000", "a number below 10^12")]
    [InlineData("0.30000000000000004", "a number of at most 16 decimals")]
    [InlineData("0.12345678901234567", "a number of at most 16 decimals")]
    public void Anything_else_is_refused_with_what_is_allowed(string text, string allowed)
    {
        Assert.Equal(allowed, ExactDecimal.Read(text, out decimal value));
        Assert.Equal(0m, value);
    }
}
