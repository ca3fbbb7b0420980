namespace LowLatencyPortfolio.Signals;

/// <summary>Weights by which every position contributes the same share of the portfolio's variance.</summary>
/// <remarks>
/// <para>Thread: pure. Allocation: two vectors. Cost: O(n²) a sweep; a few sweeps for uncorrelated pairs, some hundred
/// for nearly equal ones. Deterministic: always the same order and start.</para>
/// <para>Source: T. Griveau-Billion, J.-C. Richard, T. Roncalli, "A fast algorithm for computing high-dimensional risk
/// parity portfolios", 2013 (arXiv:1311.4057): cyclical coordinate descent on ½·yᵀρy − Σ bᵢ·ln yᵢ, whose coordinates
/// have the closed form yᵢ = (−aᵢ + √(aᵢ² + 4bᵢ))/2, aᵢ = Σⱼ≠ᵢ ρᵢⱼyⱼ. Solved in correlations, y = weight · volatility,
/// so that volatilities of very different size do no harm.</para>
/// </remarks>
public static class RiskParity
{
    /// <summary>Largest relative error of a risk contribution in what <see cref="TrySolve"/> accepts.</summary>
    public const double Tolerance = 1e-10;

    /// <summary>Sweeps after which it gives up.</summary>
    public const int MaxSweeps = 10_000;

    /// <summary>Finds the weights.</summary>
    /// <param name="volatilities">Of each position, any unit, above 0.</param>
    /// <param name="correlations">n², row-major, symmetric, positive semi-definite, 1 on the diagonal.</param>
    /// <param name="weights">n values: above 0, adding up to 1. Untouched when it fails.</param>
    /// <returns>
    /// False when there is no position, a value is not usable, or equal contributions were not reached: a matrix that
    /// is not positive semi-definite, or two pairs that cancel each other exactly.
    /// </returns>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public static bool TrySolve(
        ReadOnlySpan<double> volatilities, ReadOnlySpan<double> correlations, Span<double> weights)
    {
        int n = volatilities.Length;
        if (correlations.Length != n * n || weights.Length != n)
        {
            throw new ArgumentException(
                $"{n} volatilities, {correlations.Length} correlations, {weights.Length} weights");
        }

        if (n == 0 || !AreUsable(volatilities, correlations))
        {
            return false;
        }

        double[] risks = new double[n];
        double[] sums = new double[n];
        Array.Fill(risks, 1.0 / n);
        for (int sweep = 0; sweep < MaxSweeps; sweep++)
        {
            Multiply(correlations, risks, sums);
            if (IsEqual(risks, sums))
            {
                return Write(volatilities, risks, weights);
            }

            Descend(correlations, risks, sums);
        }

        return false;
    }

    private static bool AreUsable(ReadOnlySpan<double> volatilities, ReadOnlySpan<double> correlations)
    {
        foreach (double volatility in volatilities)
        {
            if (!double.IsFinite(volatility) || volatility <= 0)
            {
                return false;
            }
        }

        foreach (double correlation in correlations)
        {
            if (correlation is not (>= -1 and <= 1))
            {
                return false;
            }
        }

        return true;
    }

    private static void Multiply(ReadOnlySpan<double> matrix, ReadOnlySpan<double> vector, Span<double> product)
    {
        int n = vector.Length;
        for (int i = 0; i < n; i++)
        {
            double sum = 0;
            ReadOnlySpan<double> row = matrix.Slice(i * n, n);
            for (int j = 0; j < n; j++)
            {
                sum += row[j] * vector[j];
            }

            product[i] = sum;
        }
    }

    private static bool IsEqual(ReadOnlySpan<double> risks, ReadOnlySpan<double> sums)
    {
        for (int i = 0; i < risks.Length; i++)
        {
            if (!(Math.Abs((risks[i] * sums[i] * risks.Length) - 1) <= Tolerance))
            {
                return false;
            }
        }

        return true;
    }

    private static void Descend(ReadOnlySpan<double> correlations, Span<double> risks, Span<double> sums)
    {
        int n = risks.Length;
        double budget = 1.0 / n;
        for (int i = 0; i < n; i++)
        {
            double others = sums[i] - risks[i];
            double root = Math.Sqrt((others * others) + (4 * budget));
            double risk = others > 0 ? 2 * budget / (others + root) : (root - others) / 2;
            double change = risk - risks[i];
            risks[i] = risk;
            ReadOnlySpan<double> row = correlations.Slice(i * n, n);
            for (int j = 0; j < n; j++)
            {
                sums[j] += row[j] * change;
            }
        }
    }

    private static bool Write(ReadOnlySpan<double> volatilities, ReadOnlySpan<double> risks, Span<double> weights)
    {
        double total = 0;
        for (int i = 0; i < risks.Length; i++)
        {
            weights[i] = risks[i] / volatilities[i];
            total += weights[i];
        }

        for (int i = 0; i < risks.Length; i++)
        {
            weights[i] /= total;
        }

        return true;
    }
}
