namespace LowLatencyPortfolio.Domain;

/// <summary>The part of a position's cost that a partial sell takes with it, exact to the last digit.</summary>
/// <remarks>
/// Thread: any. Pure. Allocation: none. <c>decimal</c> alone rounds the product of two long numbers to 28 digits before
/// it divides, which can move the truncated digit; whole numbers of 128 bits do not. Source: SPEC 7.
/// </remarks>
internal static class CostShare
{
    private const int Decimals = 8;

    // Remainder and limb · part stay below 2¹²⁷ each: 24 bits beside quantities of at most 103.
    private const int LimbBits = 24;
    private const int LimbMask = (1 << LimbBits) - 1;

    private static readonly UInt128 MostWhole = (UInt128.One << 103) - 1;

    /// <summary>cost · part ÷ whole.</summary>
    /// <param name="cost">Quote, at least 0.</param>
    /// <param name="part">Base, above 0, below <paramref name="whole"/>.</param>
    /// <param name="whole">Base.</param>
    /// <returns>Quote, below <paramref name="cost"/>. Rounding: truncated to 8 decimals.</returns>
    /// <exception cref="OverflowException">
    /// A number is beyond any that SPEC 1 allows: more than 20 digits before the point, or 16 after it.
    /// </exception>
    public static decimal Of(decimal cost, decimal part, decimal whole)
    {
        (UInt128 costUnits, int costDecimals) = Parts(cost);
        (UInt128 partUnits, int partDecimals) = Parts(part);
        (UInt128 wholeUnits, int wholeDecimals) = Parts(whole);
        int decimals = Math.Max(partDecimals, wholeDecimals);
        partUnits = Shifted(partUnits, decimals - partDecimals);
        wholeUnits = Shifted(wholeUnits, decimals - wholeDecimals);
        if (wholeUnits > MostWhole)
        {
            throw new OverflowException($"a position of {whole} cannot be divided exactly");
        }

        UInt128 finest = Shifted(costUnits, Math.Max(0, Decimals - costDecimals));
        UInt128 share = Divided(finest, partUnits, wholeUnits) / PowerOf10(Math.Max(0, costDecimals - Decimals));
        if (share >> 96 != 0)
        {
            throw new OverflowException($"a cost of {cost} cannot be divided exactly");
        }

        return new decimal(
            unchecked((int)(uint)share), unchecked((int)(uint)(share >> 32)), unchecked((int)(uint)(share >> 64)),
            isNegative: false, Decimals);
    }

    // Long division of a product that is never written down whole: limb by limb, the highest first. part < whole, so
    // no quotient is larger than the number it came from.
    private static UInt128 Divided(UInt128 number, UInt128 part, UInt128 whole)
    {
        UInt128 quotient = 0;
        UInt128 remainder = 0;
        for (int shift = 5 * LimbBits; shift >= 0; shift -= LimbBits)
        {
            UInt128 limb = (number >> shift) & LimbMask;
            (UInt128 digit, remainder) = UInt128.DivRem((remainder << LimbBits) + (limb * part), whole);
            quotient = (quotient << LimbBits) + digit;
        }

        return quotient;
    }

    private static (UInt128 Units, int Decimals) Parts(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(value, bits);
        UInt128 units = ((UInt128)(uint)bits[2] << 64) | ((UInt128)(uint)bits[1] << 32) | (uint)bits[0];
        return (units, value.Scale);
    }

    private static UInt128 Shifted(UInt128 units, int decimals) => checked(units * PowerOf10(decimals));

    private static UInt128 PowerOf10(int exponent)
    {
        UInt128 power = 1;
        for (int i = 0; i < exponent; i++)
        {
            power *= 10;
        }

        return power;
    }
}
