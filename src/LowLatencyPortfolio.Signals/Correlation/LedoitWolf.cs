namespace LowLatencyPortfolio.Signals;

/// <summary>How far sample correlations are drawn to their mean.</summary>
/// <remarks>
/// Thread: pure over its arguments. Allocation: none. Cost: O(n²).
/// Source: O. Ledoit, M. Wolf, "Honey, I Shrunk the Sample Covariance Matrix", Journal of Portfolio Management 30(4),
/// 2004: target of constant correlation, intensity δ = κ/T, κ = (π − ρ)/γ, clamped to [0, 1], notation as there.
/// With weights w (Σ w = 1) a sample covariance of independent closes has the variance Σ w² · Var(xᵢxⱼ) where equal
/// weights give Var(xᵢxⱼ)/T. So 1/T becomes Σ w² (Kish's effective count), and the means inside π and ρ are weighted.
/// Returns are taken about zero (RiskMetrics, 1996): at minutes their mean is far below its own error.
/// The identity as a target was not taken: it draws every correlation to zero, and an entry limit per group would be
/// the looser the less is known.
/// </remarks>
internal static class LedoitWolf
{
    /// <summary>Mean correlation r̄ of the live pairs and the intensity δ.</summary>
    /// <param name="moments">Sums of products of returns.</param>
    /// <param name="live">Pairs that take part: measured, and their variance above 0.</param>
    /// <param name="deviation">√sᵢᵢ of each live pair.</param>
    /// <returns>(0, 0) below two live pairs; δ is 0 below three, where target and sample are the same.</returns>
    public static (double MeanCorrelation, double Intensity) Estimate(
        ReturnMoments moments, ReadOnlySpan<int> live, ReadOnlySpan<double> deviation)
    {
        if (live.Length < 2)
        {
            return (0, 0);
        }

        double mean = MeanCorrelation(moments, live, deviation);
        if (live.Length == 2)
        {
            return (mean, 0);
        }

        (double pi, double rho, double gamma) = (0, 0, 0);
        double scale = 1 / moments.Weight;
        int n = moments.Pairs;
        for (int a = 0; a < live.Length; a++)
        {
            int i = live[a];
            ReadOnlySpan<double> products = moments.Products.AsSpan(i * n, n);
            ReadOnlySpan<double> squares = moments.SquareProducts.AsSpan(i * n, n);
            double variance = products[i] * scale;
            double own = (squares[i] * scale) - (variance * variance);
            pi += own;
            rho += own + (mean * CubeTerms(moments, live, deviation, a));
            (double rowPi, double rowRho, double rowGamma) = (0, 0, 0);
            for (int b = a + 1; b < live.Length; b++)
            {
                int j = live[b];
                double sample = products[j] * scale;
                double root = deviation[i] * deviation[j];
                double distance = (mean * root) - sample;
                rowPi += (squares[j] * scale) - (sample * sample);
                rowRho += root * sample;
                rowGamma += distance * distance;
            }

            pi += 2 * rowPi;
            rho -= 2 * mean * rowRho;
            gamma += 2 * rowGamma;
        }

        double intensity = gamma > 0 ? (pi - rho) / gamma / moments.EffectiveCount : 0;
        return (mean, Math.Clamp(intensity, 0, 1));
    }

    private static double MeanCorrelation(ReturnMoments moments, ReadOnlySpan<int> live, ReadOnlySpan<double> deviation)
    {
        double sum = 0;
        int n = moments.Pairs;
        for (int a = 0; a < live.Length; a++)
        {
            int i = live[a];
            ReadOnlySpan<double> products = moments.Products.AsSpan(i * n, n);
            double row = 0;
            for (int b = a + 1; b < live.Length; b++)
            {
                row += products[live[b]] / deviation[live[b]];
            }

            sum += row / deviation[i];
        }

        return sum / moments.Weight / (live.Length * (live.Length - 1) / 2.0);
    }

    /// <summary>Σ over j ≠ i of √(sⱼⱼ/sᵢᵢ) · E[xᵢ³xⱼ]: ϑᵢᵢ,ᵢⱼ without its product of covariances.</summary>
    private static double CubeTerms(
        ReturnMoments moments, ReadOnlySpan<int> live, ReadOnlySpan<double> deviation, int a)
    {
        int i = live[a];
        ReadOnlySpan<double> cubes = moments.CubeProducts.AsSpan(i * moments.Pairs, moments.Pairs);
        double sum = -deviation[i] * cubes[i];
        for (int b = 0; b < live.Length; b++)
        {
            sum += deviation[live[b]] * cubes[live[b]];
        }

        return sum / deviation[i] / moments.Weight;
    }
}
