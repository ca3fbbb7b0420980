using System.Globalization;

namespace LowLatencyPortfolio.Host.Report;

/// <summary>Money as a person reads it, always with its currency. Rounding: half to even, for display only.</summary>
internal static class Money
{
    /// <summary>
    /// Without decimals: <c>$100,000</c>, <c>-$12</c>; another currency than USD stands behind: <c>100,000 EUR</c>.
    /// </summary>
    public static string Whole(decimal amount, string currency) => WithCurrency(Number(amount, "N0"), currency);

    /// <summary>With two decimals: <c>$1,234.50</c>.</summary>
    public static string Cents(decimal amount, string currency) => WithCurrency(Number(amount, "N2"), currency);

    /// <summary>
    /// With two decimals and always a sign: <c>+$1,234.50</c>, <c>-$3.00</c>; nothing is <c>$0.00</c>.
    /// </summary>
    public static string Signed(decimal amount, string currency) => WithCurrency(SignedNumber(amount), currency);

    /// <summary>Two decimals with sign and without currency, for a table whose heading names it.</summary>
    public static string SignedNumber(decimal amount)
    {
        string text = Number(amount, "N2");
        return text[0] == '-' || text == "0.00" ? text : "+" + text;
    }

    /// <summary>A price with the decimals of its product.</summary>
    /// <param name="price">Quote per base; an average may be finer than the product.</param>
    /// <param name="decimals">Decimals of the product's price increment.</param>
    public static string Price(decimal price, int decimals) =>
        decimal.Round(price, decimals, MidpointRounding.ToEven).ToString($"F{decimals}", CultureInfo.InvariantCulture);

    /// <summary>A percentage with two decimals and a sign: <c>+1.25 %</c>.</summary>
    public static string Percent(decimal percent) => SignedNumber(percent) + " %";

    // Rounded first: "N2" alone would print -0.004 as "-0.00".
    private static string Number(decimal amount, string format)
    {
        decimal rounded = decimal.Round(amount, format == "N0" ? 0 : 2, MidpointRounding.ToEven);
        return (rounded == 0m ? 0m : rounded).ToString(format, CultureInfo.InvariantCulture);
    }

    private static string WithCurrency(string number, string currency)
    {
        if (currency != "USD")
        {
            return $"{number} {currency}";
        }

        return number[0] is '-' or '+' ? $"{number[0]}${number[1..]}" : "$" + number;
    }
}
