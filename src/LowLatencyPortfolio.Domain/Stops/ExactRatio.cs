namespace LowLatencyPortfolio.Domain;

/// <summary>
/// A positive fraction as a quotient of whole numbers, for exact floors and ceilings without a decimal.
/// </summary>
/// <remarks>
/// A fraction of at most 6 decimals is n/10⁶; in lowest terms n is small (0.98 is 49/50), so that the products of all
/// usual prices fit 64 bits. Where one does not, the caller reckons in decimals: both are exact, so both agree.
/// </remarks>
internal readonly struct ExactRatio
{
    private const long Unit = 1_000_000;

    private readonly long _numerator;
    private readonly long _denominator;
    private readonly long _maxTimesNumerator;
    private readonly long _maxTimesDenominator;

    /// <summary>Takes a fraction of at most 6 decimals, above 0.</summary>
    public ExactRatio(decimal fraction)
    {
        long numerator = decimal.ToInt64(fraction * Unit);
        long divisor = GreatestCommonDivisor(numerator, Unit);
        _numerator = numerator / divisor;
        _denominator = Unit / divisor;
        _maxTimesNumerator = long.MaxValue / _numerator;
        _maxTimesDenominator = (long.MaxValue - _numerator) / _denominator;
    }

    /// <summary>⌊value · ratio⌋ of a value at least 0, if 64 bits are enough.</summary>
    public bool TryFloorOfProduct(long value, out long floor)
    {
        bool fits = value <= _maxTimesNumerator;
        floor = fits ? (long)((ulong)(value * _numerator) / (ulong)_denominator) : 0;
        return fits;
    }

    /// <summary>⌈value / ratio⌉ of a value at least 0, if 64 bits are enough.</summary>
    public bool TryCeilingOfQuotient(long value, out long ceiling)
    {
        bool fits = value <= _maxTimesDenominator;
        ceiling = fits ? (long)((ulong)((value * _denominator) + _numerator - 1) / (ulong)_numerator) : 0;
        return fits;
    }

    private static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }
}
