using System.Globalization;

namespace LowLatencyPortfolio.Domain;

/// <summary>
/// A spot product's grid and minimum sizes, with the exact conversions between <see cref="decimal"/> and the fixed
/// units of the ring.
/// </summary>
/// <remarks>
/// Thread: immutable. Allocation: none in conversions. Source: SPEC 1. A ring price is a count of 10⁻ᵃ quote, a ring
/// quantity a count of 10⁻⁽¹⁶⁻ᵃ⁾ base, so their product is a count of 10⁻¹⁶ quote.
/// </remarks>
public sealed class ProductSpec
{
    /// <summary>Decimals of price and quantity units together.</summary>
    public const int UnitDecimals = 16;

    /// <summary>Price decimals of a product whose increment is no finer than 10⁻⁸.</summary>
    public const int DefaultPriceDecimals = 8;

    private readonly decimal _priceScale;
    private readonly decimal _quantityScale;

    /// <summary>
    /// Describes a product. Validate first with <see cref="Faults"/>; this constructor assumes a faultless description.
    /// </summary>
    /// <param name="productId">The venue's name, base and quote joined by a hyphen: <c>BTC-USD</c>.</param>
    /// <param name="priceIncrement">Smallest price step, quote per base, above 0, at most 16 decimals.</param>
    /// <param name="quantityIncrement">Smallest quantity step, base, above 0.</param>
    /// <param name="minQuantity">Smallest order quantity, base, at least 0.</param>
    /// <param name="minNotional">Smallest price × quantity of an order, quote, at least 0.</param>
    /// <exception cref="ArgumentException">The description has a fault that <see cref="Faults"/> names.</exception>
    public ProductSpec(
        string productId,
        decimal priceIncrement,
        decimal quantityIncrement,
        decimal minQuantity = 0m,
        decimal minNotional = 0m)
    {
        string? fault = Faults(productId, priceIncrement, quantityIncrement, minQuantity, minNotional).FirstOrDefault();
        if (fault is not null)
        {
            throw new ArgumentException(fault);
        }

        int hyphen = productId.IndexOf('-', StringComparison.Ordinal);
        ProductId = productId;
        BaseCurrency = productId[..hyphen];
        QuoteCurrency = productId[(hyphen + 1)..];
        PriceIncrement = priceIncrement;
        QuantityIncrement = quantityIncrement;
        MinQuantity = minQuantity;
        MinNotional = minNotional;
        PriceDecimals = PriceDecimalsFor(priceIncrement);
        QuantityDecimals = UnitDecimals - PriceDecimals;
        _priceScale = PowerOfTen(PriceDecimals);
        _quantityScale = PowerOfTen(QuantityDecimals);
        PriceIncrementUnits = decimal.ToInt64(priceIncrement * _priceScale);
        QuantityIncrementUnits = decimal.ToInt64(quantityIncrement * _quantityScale);
        MinQuantityUnits = decimal.ToInt64(decimal.Ceiling(minQuantity * _quantityScale));
    }

    /// <summary>The venue's name of the product, such as <c>BTC-USD</c>.</summary>
    public string ProductId { get; }

    /// <summary>The currency that is bought and sold.</summary>
    public string BaseCurrency { get; }

    /// <summary>The currency that prices are in.</summary>
    public string QuoteCurrency { get; }

    /// <summary>Smallest price step, quote per base.</summary>
    public decimal PriceIncrement { get; }

    /// <summary>Smallest quantity step, base.</summary>
    public decimal QuantityIncrement { get; }

    /// <summary>Smallest quantity of an order, base; 0 when the venue names none.</summary>
    public decimal MinQuantity { get; }

    /// <summary>Smallest price × quantity of an order, quote; 0 when the venue names none.</summary>
    public decimal MinNotional { get; }

    /// <summary>Decimals of a ring price: 8, or those of a finer price increment, at most 16.</summary>
    public int PriceDecimals { get; }

    /// <summary>Decimals of a ring quantity: 16 less <see cref="PriceDecimals"/>.</summary>
    public int QuantityDecimals { get; }

    /// <summary><see cref="PriceIncrement"/> in ring units.</summary>
    public long PriceIncrementUnits { get; }

    /// <summary><see cref="QuantityIncrement"/> in ring units.</summary>
    public long QuantityIncrementUnits { get; }

    /// <summary><see cref="MinQuantity"/> in ring units, rounded up.</summary>
    public long MinQuantityUnits { get; }

    /// <summary>Ring units of one quote per base.</summary>
    public decimal PriceScale => _priceScale;

    /// <summary>Ring units of one base.</summary>
    public decimal QuantityScale => _quantityScale;

    /// <summary>The exact price of a ring count.</summary>
    /// <param name="units">Count of 10⁻ᵃ quote per base.</param>
    /// <returns>Quote per base, exact, with <see cref="PriceDecimals"/> decimals in its representation.</returns>
    public decimal PriceOf(long units) => FromUnits(units, PriceDecimals);

    /// <summary>The exact quantity of a ring count.</summary>
    /// <param name="units">Count of 10⁻⁽¹⁶⁻ᵃ⁾ base.</param>
    /// <returns>Base, exact, with <see cref="QuantityDecimals"/> decimals in its representation.</returns>
    public decimal QuantityOf(long units) => FromUnits(units, QuantityDecimals);

    /// <summary>Price × quantity of two ring counts, exact.</summary>
    /// <param name="priceUnits">Count of 10⁻ᵃ.</param>
    /// <param name="quantityUnits">Count of 10⁻⁽¹⁶⁻ᵃ⁾.</param>
    /// <returns>Quote.</returns>
    /// <exception cref="OverflowException">The value needs more than 96 bits of 10⁻¹⁶ (above 7.9 × 10¹²
    /// quote).</exception>
    public static decimal ValueOf(long priceUnits, long quantityUnits) =>
        FromUnits(priceUnits, DefaultPriceDecimals) * FromUnits(quantityUnits, UnitDecimals - DefaultPriceDecimals);

    /// <summary>A price's ring count.</summary>
    /// <param name="price">Quote per base.</param>
    /// <param name="units">The exact count when true.</param>
    /// <returns>False when the price has finer digits than the ring's unit or does not fit 64 bits.</returns>
    public bool TryPriceUnits(decimal price, out long units) => TryToUnits(price, _priceScale, out units);

    /// <summary>A quantity's ring count.</summary>
    /// <param name="quantity">Base.</param>
    /// <param name="units">The exact count when true.</param>
    /// <returns>False when the quantity has finer digits than the ring's unit or does not fit 64 bits.</returns>
    public bool TryQuantityUnits(decimal quantity, out long units) => TryToUnits(quantity, _quantityScale, out units);

    /// <summary>
    /// Whether a remainder is too small to be sold: below the minimum quantity or the minimum notional.
    /// </summary>
    /// <param name="quantityUnits">Held quantity in ring units, at least 0.</param>
    /// <param name="priceUnits">Price in ring units at which it would be sold.</param>
    /// <returns>True for 0 too: nothing is dust.</returns>
    public bool IsDust(long quantityUnits, long priceUnits) =>
        quantityUnits < Math.Max(MinQuantityUnits, QuantityIncrementUnits)
        || ValueOf(priceUnits, quantityUnits) < MinNotional;

    /// <summary>As <see cref="IsDust"/>, in decimals: whether a remainder is too small to be sold.</summary>
    /// <param name="quantity">Held base, at least 0.</param>
    /// <param name="price">Quote per base at which it would be sold.</param>
    /// <returns>True for 0 too.</returns>
    public bool IsTooSmallToSell(decimal quantity, decimal price) =>
        quantity < MinQuantity || quantity < QuantityIncrement || quantity * price < MinNotional;

    /// <summary>The highest price that an order may have and that is not above a given one.</summary>
    /// <param name="price">Quote per base, at least 0.</param>
    /// <returns>On the price increment, rounded down; 0 below one increment.</returns>
    public decimal RoundPriceDown(decimal price)
    {
        decimal rounded = decimal.Floor(price / PriceIncrement) * PriceIncrement;

        // A quotient rounds to 28 digits and may round up to a whole increment; the product is exact and decides.
        return rounded > price ? rounded - PriceIncrement : rounded;
    }

    /// <summary>The largest quantity on the increment that a notional pays for.</summary>
    /// <param name="notional">Quote, at least 0.</param>
    /// <param name="price">Quote per base, above 0.</param>
    /// <returns>Base, a multiple of <see cref="QuantityIncrement"/> with quantity × price at most the notional; 0 when
    /// none is.</returns>
    /// <exception cref="OverflowException">The quotient is above 7.9 × 10²⁸ increments.</exception>
    public decimal QuantityFor(decimal notional, decimal price)
    {
        decimal increments = decimal.Floor(notional / price / QuantityIncrement);
        decimal quantity = increments * QuantityIncrement;

        // Division rounds to 28 digits and may round up to a whole increment; the product is exact and decides.
        return quantity * price > notional ? quantity - QuantityIncrement : quantity;
    }

    /// <summary>Every fault of a product description, empty when there is none.</summary>
    /// <param name="productId">As in the constructor.</param>
    /// <param name="priceIncrement">As in the constructor.</param>
    /// <param name="quantityIncrement">As in the constructor.</param>
    /// <param name="minQuantity">As in the constructor.</param>
    /// <param name="minNotional">As in the constructor.</param>
    /// <returns>One line a fault: the field, the value and what is allowed.</returns>
    public static IEnumerable<string> Faults(
        string productId, decimal priceIncrement, decimal quantityIncrement, decimal minQuantity, decimal minNotional)
    {
        string[] parts = (productId ?? string.Empty).Split('-');
        if (parts.Length != 2 || parts.Any(part => part.Length == 0 || !part.All(char.IsAsciiLetterOrDigit)))
        {
            yield return $"productId \"{productId}\" must be BASE-QUOTE, letters and digits, such as BTC-USD";
        }

        if (priceIncrement <= 0m || DecimalsOf(priceIncrement) > UnitDecimals)
        {
            yield return $"priceIncrement {Text(priceIncrement)} must be above 0 with at most {UnitDecimals} decimals";
            yield break;
        }

        int priceDecimals = PriceDecimalsFor(priceIncrement);
        int quantityDecimals = UnitDecimals - priceDecimals;
        if (!FitsRing(priceIncrement, priceDecimals))
        {
            yield return $"priceIncrement {Text(priceIncrement)} must be below {Text(MostOnRing(priceDecimals))}";
        }

        if (quantityIncrement <= 0m || DecimalsOf(quantityIncrement) > quantityDecimals)
        {
            yield return $"quantityIncrement {Text(quantityIncrement)} must be above 0 with at most {quantityDecimals} "
                + $"decimals (price decimals + quantity decimals may not exceed {UnitDecimals})";
        }
        else if (!FitsRing(quantityIncrement, quantityDecimals))
        {
            string most = Text(MostOnRing(quantityDecimals));
            yield return $"quantityIncrement {Text(quantityIncrement)} must be below {most}";
        }

        if (minQuantity < 0m || !FitsRing(minQuantity, quantityDecimals) || DecimalsOf(minQuantity) > UnitDecimals)
        {
            yield return $"minQuantity {Text(minQuantity)} must be at least 0 and below "
                + $"{Text(MostOnRing(quantityDecimals))}, with at most {UnitDecimals} decimals";
        }

        if (minNotional is < 0m or >= 1_000_000_000_000m || DecimalsOf(minNotional) > UnitDecimals)
        {
            yield return $"minNotional {Text(minNotional)} must be at least 0 and below 10^12, "
                + $"with at most {UnitDecimals} decimals";
        }
    }

    /// <summary>Decimals that matter in a number: trailing zeros do not count.</summary>
    /// <param name="value">Any decimal.</param>
    /// <returns>0 to 28.</returns>
    public static int DecimalsOf(decimal value)
    {
        int decimals = value.Scale;
        while (decimals > 0 && decimal.Round(value, decimals - 1, MidpointRounding.ToZero) == value)
        {
            decimals--;
        }

        return decimals;
    }

    private static int PriceDecimalsFor(decimal priceIncrement) =>
        Math.Max(DefaultPriceDecimals, DecimalsOf(priceIncrement));

    /// <summary>What 18 digits of units reach, which always fits 64 bits, or 10¹² if that is less.</summary>
    private static decimal MostOnRing(int decimals) => Math.Min(1_000_000_000_000m, PowerOfTen(18 - decimals));

    private static bool FitsRing(decimal value, int decimals) => value < MostOnRing(decimals);

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static decimal FromUnits(long units, int decimals)
    {
        ulong magnitude = (ulong)Math.Abs(units);
        return new decimal((int)magnitude, (int)(magnitude >> 32), 0, units < 0, (byte)decimals);
    }

    private static bool TryToUnits(decimal value, decimal scale, out long units)
    {
        units = 0;
        if (value is <= -1_000_000_000_000m or >= 1_000_000_000_000m)
        {
            return false;
        }

        decimal scaled = value * scale;
        if (scaled != decimal.Truncate(scaled) || scaled is > long.MaxValue or < long.MinValue)
        {
            return false;
        }

        units = decimal.ToInt64(scaled);
        return true;
    }

    private static decimal PowerOfTen(int exponent)
    {
        decimal power = 1m;
        for (int i = 0; i < exponent; i++)
        {
            power *= 10m;
        }

        return power;
    }
}
