using System.Runtime.CompilerServices;

namespace LowLatencyPortfolio.Signals;

/// <summary>What indicators take in: numbers whose squares and sums stay finite.</summary>
internal static class Plausible
{
    private const double Most = 1e100;

    /// <summary>Lets a price through.</summary>
    public static double Price(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is > 0 and < Most ? value : throw new ArgumentOutOfRangeException(name, value, "must be above 0, below 10^100");

    /// <summary>Lets a quantity through.</summary>
    public static double Quantity(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and < Most
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "must be at least 0, below 10^100");

    /// <summary>Lets a period through.</summary>
    public static int Period(int value, int least, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        return value;
    }
}
