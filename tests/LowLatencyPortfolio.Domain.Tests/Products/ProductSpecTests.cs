using System.Globalization;
using System.Numerics;

namespace LowLatencyPortfolio.Domain.Tests.Products;

public sealed class ProductSpecTests
{
    private static readonly ProductSpec Btc = new("BTC-USD", 0.01m, 0.00000001m, 0.0001m, 1m);
    private static readonly ProductSpec Fine = new("SHIB-USD", 0.0000000001m, 1m, 100m, 1m);

    [Fact]
    public void A_coarse_increment_keeps_eight_and_eight_decimals()
    {
        Assert.Equal((8, 8), (Btc.PriceDecimals, Btc.QuantityDecimals));
        Assert.Equal((1_000_000L, 1L), (Btc.PriceIncrementUnits, Btc.QuantityIncrementUnits));
        Assert.Equal(10_000L, Btc.MinQuantityUnits);
        Assert.Equal(("BTC", "USD"), (Btc.BaseCurrency, Btc.QuoteCurrency));
    }

    [Fact]
    public void A_finer_increment_takes_its_decimals_from_the_quantity()
    {
        Assert.Equal((10, 6), (Fine.PriceDecimals, Fine.QuantityDecimals));
        Assert.Equal((1L, 1_000_000L), (Fine.PriceIncrementUnits, Fine.QuantityIncrementUnits));
        Assert.Equal(100_000_000L, Fine.MinQuantityUnits);
        Assert.Equal((10_000_000_000m, 1_000_000m), (Fine.PriceScale, Fine.QuantityScale));
    }

    [Fact]
    public void Trailing_zeros_of_an_increment_do_not_make_it_finer() =>
        Assert.Equal(8, new ProductSpec("A-USD", 0.010000000000m, 1m).PriceDecimals);

    [Fact]
    public void Units_and_decimals_convert_exactly_both_ways()
    {
        Seed seed = Seed.Take();
        Random random = seed.Random();
        foreach (ProductSpec product in new[] { Btc, Fine })
        {
            for (int i = 0; i < 20_000; i++)
            {
                long units = random.NextInt64(0, 1_000_000_000_000_000_000 >> random.Next(0, 59));
                bool exactPrice = product.TryPriceUnits(product.PriceOf(units), out long price);
                bool exactQuantity = product.TryQuantityUnits(product.QuantityOf(units), out long quantity);
                Assert.True(exactPrice && exactQuantity && price == units && quantity == units, $"{seed}; {units}");
            }
        }
    }

    [Theory]
    [InlineData("36123.45", true, 3_612_345_000_000)]
    [InlineData("0.00000001", true, 1)]
    [InlineData("0.000000001", false, 0)]
    [InlineData("-1", true, -100_000_000)]
    [InlineData("92233720368.54775807", true, long.MaxValue)]
    [InlineData("92233720368.54775808", false, 0)]
    [InlineData("1000000000000", false, 0)]
    [InlineData("79228162514264337593543950335", false, 0)]
    [InlineData("1.0000000000000000000000000001", false, 0)]
    public void A_price_off_the_unit_or_out_of_range_has_no_units(string price, bool fits, long expected)
    {
        Assert.Equal(fits, Btc.TryPriceUnits(Number(price), out long units));
        Assert.Equal(expected, units);
    }

    [Fact]
    public void Price_times_quantity_is_exact_in_every_product()
    {
        Seed seed = Seed.Take();
        Random random = seed.Random();
        for (int i = 0; i < 20_000; i++)
        {
            long price = random.NextInt64(0, 100_000_000_000_000);
            long quantity = random.NextInt64(0, 100_000_000_000_000);
            decimal value = ProductSpec.ValueOf(price, quantity);
            BigInteger scaled = new(value * 10_000_000_000_000_000m);
            Assert.True(scaled == (BigInteger)price * quantity, $"{seed}; {price} × {quantity}");
            Assert.True(Btc.PriceOf(price) * Btc.QuantityOf(quantity) == value, $"{seed}");
            Assert.True(Fine.PriceOf(price) * Fine.QuantityOf(quantity) == value, $"{seed}");
        }
    }

    [Theory]
    [InlineData("0", "50000", true)]
    [InlineData("0.00009999", "50000", true)]      // below the minimum quantity
    [InlineData("0.0001", "50000", false)]
    [InlineData("0.0001", "9999.99", true)]        // 0.999999 is below the minimum notional
    [InlineData("0.0001", "10000", false)]
    public void Dust_is_below_the_minimum_quantity_or_notional(string quantity, string price, bool dust)
    {
        (decimal q, decimal p) = (Number(quantity), Number(price));
        Assert.True(Btc.TryQuantityUnits(q, out long quantityUnits) & Btc.TryPriceUnits(p, out long priceUnits));
        Assert.Equal(dust, Btc.IsDust(quantityUnits, priceUnits));
        Assert.Equal(dust, Btc.IsTooSmallToSell(q, p));
    }

    [Fact]
    public void Without_minimums_less_than_one_increment_is_dust()
    {
        ProductSpec product = new("A-USD", 0.01m, 0.5m);
        Assert.True(product.IsDust(49_999_999, 100));
        Assert.False(product.IsDust(50_000_000, 100));
        Assert.True(product.IsTooSmallToSell(0.49999999m, 1m));
        Assert.False(product.IsTooSmallToSell(0.5m, 1m));
    }

    [Theory]
    [InlineData("2000", "43210.99", "0.04628452")]
    [InlineData("100", "50", "2")]
    [InlineData("99.99999999", "50", "1.99999999")]
    [InlineData("0", "50", "0")]
    public void An_entry_is_sized_down_to_the_increment(string notional, string price, string expected) =>
        Assert.Equal(
            Number(expected), Btc.QuantityFor(Number(notional), Number(price)));

    [Fact]
    public void A_sized_quantity_is_the_largest_that_the_notional_pays_for()
    {
        Seed seed = Seed.Take();
        Random random = seed.Random();
        for (int i = 0; i < 50_000; i++)
        {
            decimal notional = random.NextInt64(0, 10_000_000_000) / 100m;
            decimal price = random.NextInt64(1, 10_000_000) / 100m;
            ProductSpec product = new("A-USD", 0.01m, random.Next(1, 2_000) / 1_000m);
            decimal quantity = product.QuantityFor(notional, price);
            string at = $"{seed}; {notional} at {price} by {product.QuantityIncrement}";
            Assert.True(quantity * price <= notional, at);
            Assert.True((quantity + product.QuantityIncrement) * price > notional, at);
            Assert.True(quantity % product.QuantityIncrement == 0m, at);
        }
    }

    [Theory]
    [InlineData("BTCUSD", "0.01", "1", "0", "0", "productId")]
    [InlineData("BTC-USD-X", "0.01", "1", "0", "0", "productId")]
    [InlineData("-USD", "0.01", "1", "0", "0", "productId")]
    [InlineData("BTC-", "0.01", "1", "0", "0", "productId")]
    [InlineData("B C-USD", "0.01", "1", "0", "0", "productId")]
    [InlineData("BTC-USD", "0", "1", "0", "0", "priceIncrement")]
    [InlineData("BTC-USD", "-0.01", "1", "0", "0", "priceIncrement")]
    [InlineData("BTC-USD", "0.00000000000000001", "1", "0", "0", "priceIncrement")]
    [InlineData("BTC-USD", "10000000000", "1", "0", "0", "priceIncrement")]
    [InlineData("BTC-USD", "0.01", "0", "0", "0", "quantityIncrement")]
    [InlineData("BTC-USD", "0.01", "0.000000001", "0", "0", "quantityIncrement")]
    [InlineData("BTC-USD", "0.000000001", "0.00000001", "0", "0", "quantityIncrement")]    // 9 + 8 decimals
    [InlineData("BTC-USD", "0.01", "10000000000", "0", "0", "quantityIncrement")]
    [InlineData("BTC-USD", "0.01", "1", "-1", "0", "minQuantity")]
    [InlineData("BTC-USD", "0.01", "1", "10000000000", "0", "minQuantity")]
    [InlineData("BTC-USD", "0.01", "1", "0", "-1", "minNotional")]
    [InlineData("BTC-USD", "0.01", "1", "0", "1000000000000", "minNotional")]
    public void A_faulty_description_is_refused_with_the_field_named(
        string id, string priceInc, string quantityInc, string minQuantity, string minNotional, string field)
    {
        decimal[] values = [.. new[] { priceInc, quantityInc, minQuantity, minNotional }
            .Select(text => Number(text))];
        string fault = Assert.Single(ProductSpec.Faults(id, values[0], values[1], values[2], values[3]));
        Assert.StartsWith(field + " ", fault, StringComparison.Ordinal);
        ArgumentException thrown = Assert.Throws<ArgumentException>(
            () => new ProductSpec(id, values[0], values[1], values[2], values[3]));
        Assert.Equal(fault, thrown.Message);
    }

    [Theory]
    [InlineData("0.0000000001", "0.000001")]
    [InlineData("0.0000000000000001", "1")]
    [InlineData("9999999999", "9999999999")]
    public void The_edges_of_what_fits_are_accepted(string priceInc, string quantityInc)
    {
        decimal price = Number(priceInc);
        ProductSpec product = new("A-USD", price, Number(quantityInc));
        Assert.Equal(price, product.PriceOf(product.PriceIncrementUnits));
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1.50", 1)]
    [InlineData("100", 0)]
    [InlineData("-0.001", 3)]
    [InlineData("0.0000000000000000000000000001", 28)]
    public void Only_decimals_that_matter_are_counted(string text, int expected) =>
        Assert.Equal(expected, ProductSpec.DecimalsOf(Number(text)));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
