namespace LowLatencyPortfolio.Domain;

/// <summary>
/// Sums over all pairs, taken anew each time: exact, because decimal addition of at most 16 decimals below 10¹² is.
/// </summary>
internal static class PortfolioSums
{
    public static decimal Deployed(ReadOnlySpan<PairBook> pairs)
    {
        decimal sum = 0m;
        foreach (ref readonly PairBook pair in pairs)
        {
            sum += pair.Ledger.Cost;
        }

        return sum;
    }

    public static decimal Reserved(ReadOnlySpan<PairBook> pairs)
    {
        decimal sum = 0m;
        foreach (ref readonly PairBook pair in pairs)
        {
            sum += pair.Reserved;
        }

        return sum;
    }

    public static decimal Realized(ReadOnlySpan<PairBook> pairs)
    {
        decimal sum = 0m;
        foreach (ref readonly PairBook pair in pairs)
        {
            sum += pair.Ledger.Realized;
        }

        return sum;
    }

    public static decimal Unrealized(ReadOnlySpan<PairBook> pairs)
    {
        decimal sum = 0m;
        foreach (ref readonly PairBook pair in pairs)
        {
            sum += pair.Ledger.Unrealized(pair.Mark);
        }

        return sum;
    }

    public static decimal Fees(ReadOnlySpan<PairBook> pairs)
    {
        decimal sum = 0m;
        foreach (ref readonly PairBook pair in pairs)
        {
            sum += pair.Ledger.Fees;
        }

        return sum;
    }

    public static decimal GroupExposure(ReadOnlySpan<PairBook> pairs, int group)
    {
        decimal sum = 0m;
        foreach (ref readonly PairBook pair in pairs)
        {
            if (pair.Group == group)
            {
                sum += pair.Exposure;
            }
        }

        return sum;
    }

    public static decimal MeasuredExposure(ReadOnlySpan<PairBook> pairs, int group)
    {
        decimal sum = 0m;
        foreach (ref readonly PairBook pair in pairs)
        {
            sum += pair.MeasuredGroup == group ? pair.Exposure : 0m;
        }

        return sum;
    }

    /// <summary>The sum of the <paramref name="n"/> largest values, which it sorts into the front.</summary>
    public static decimal Largest(Span<decimal> values, int n)
    {
        for (int i = 0; i < values.Length; i++)
        {
            decimal value = values[i];
            if (i >= n && value <= values[n - 1])
            {
                continue;
            }

            int place = Math.Min(i, n - 1);
            for (; place > 0 && values[place - 1] < value; place--)
            {
                values[place] = values[place - 1];
            }

            values[place] = value;
        }

        return Sum(values[..Math.Min(n, values.Length)]);
    }

    private static decimal Sum(ReadOnlySpan<decimal> values)
    {
        decimal sum = 0m;
        foreach (decimal value in values)
        {
            sum += value;
        }

        return sum;
    }
}
