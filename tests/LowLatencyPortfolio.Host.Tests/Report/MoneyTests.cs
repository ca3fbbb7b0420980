using System.Globalization;
using LowLatencyPortfolio.Host.Report;

namespace LowLatencyPortfolio.Host.Tests.Report;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("100000", "$100,000", "$100,000.00", "+$100,000.00")]
    [InlineData("-1234.565", "-$1,235", "-$1,234.56", "-$1,234.56")]
    [InlineData("0.004", "$0", "$0.00", "$0.00")]
    [InlineData("-0.004", "$0", "$0.00", "$0.00")]
    public void Dollars_have_their_sign_in_front(string amount, string whole, string cents, string signed)
    {
        decimal money = decimal.Parse(amount, CultureInfo.InvariantCulture);
        Assert.Equal(
            (whole, cents, signed), (Money.Whole(money, "USD"), Money.Cents(money, "USD"), Money.Signed(money, "USD")));
    }

    [Fact]
    public void Another_currency_stands_behind() => Assert.Equal("+12.50 USDC", Money.Signed(12.5m, "USDC"));

    [Fact]
    public void An_average_price_is_shown_with_the_decimals_of_its_product() =>
        Assert.Equal("0.09709", Money.Price(0.0970912345m, 5));
}
