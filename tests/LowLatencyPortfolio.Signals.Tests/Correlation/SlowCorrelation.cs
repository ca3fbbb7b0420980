namespace LowLatencyPortfolio.Signals.Tests.Correlation;

/// <summary>
/// The same correlations from all closes at once, by the formulas as they are printed: explicit weights that add up to
/// 1, explicit deviations from the target, no sums carried from close to close.
/// </summary>
internal sealed class SlowCorrelation
{
    private readonly List<double[]> _returns = [];
    private readonly double[] _weights;
    private readonly int _pairs;
    private readonly bool[] _isMeasured;

    public SlowCorrelation(IReadOnlyList<double[]> closes, CorrelationOptions options)
    {
        _pairs = closes[0].Length;
        _isMeasured = new bool[_pairs];
        FillReturns(closes, options);
        double decay = Math.Exp(-Math.Log(2) / options.HalfLifeCloses);
        double[] raw = [.. Enumerable.Range(0, closes.Count).Select(t => Math.Pow(decay, closes.Count - 1 - t))];
        _weights = [.. raw.Select(weight => weight / raw.Sum())];
        Solve();
    }

    public double MeanCorrelation { get; private set; }

    public double Intensity { get; private set; }

    public double[,] Correlations { get; private set; } = new double[0, 0];

    private void FillReturns(IReadOnlyList<double[]> closes, CorrelationOptions options)
    {
        for (int t = 0; t < closes.Count; t++)
        {
            _returns.Add(new double[_pairs]);
        }

        for (int i = 0; i < _pairs; i++)
        {
            int[] present = [.. Enumerable.Range(0, closes.Count).Where(t => !double.IsNaN(closes[t][i]))];
            int seen = 0;
            for (int k = 1; k < present.Length; k++)
            {
                if (present[k] - present[k - 1] - 1 <= options.MaxGapCloses)
                {
                    _returns[present[k]][i] = Math.Log(closes[present[k]][i]) - Math.Log(closes[present[k - 1]][i]);
                    seen++;
                }
            }

            _isMeasured[i] = seen >= options.WarmUpCloses;
        }
    }

    private double Mean(Func<double[], double> of) => _returns.Select((x, t) => _weights[t] * of(x)).Sum();

    private void Solve()
    {
        int[] live = [.. Enumerable.Range(0, _pairs).Where(i => _isMeasured[i])];
        double[,] s = new double[_pairs, _pairs];
        foreach (int i in live)
        {
            foreach (int j in live)
            {
                s[i, j] = Mean(x => x[i] * x[j]);
            }
        }

        var pairs = live.SelectMany(i => live.Where(j => j != i).Select(j => (i, j))).ToArray();
        double r = pairs.Average(p => s[p.i, p.j] / Math.Sqrt(s[p.i, p.i] * s[p.j, p.j]));
        double pi = 0, rho = 0, gamma = 0;
        foreach (int i in live)
        {
            foreach (int j in live)
            {
                double sampling = Mean(x => Math.Pow((x[i] * x[j]) - s[i, j], 2));
                pi += sampling;
                rho += i == j ? sampling : r / 2 * (Scaled(i, j) + Scaled(j, i));
                double target = i == j ? s[i, i] : r * Math.Sqrt(s[i, i] * s[j, j]);
                gamma += Math.Pow(target - s[i, j], 2);
            }
        }

        (MeanCorrelation, Intensity) = (r, Math.Clamp((pi - rho) / gamma * _weights.Sum(w => w * w), 0, 1));
        Correlations = new double[_pairs, _pairs];
        for (int i = 0; i < _pairs; i++)
        {
            Correlations[i, i] = 1;
        }

        foreach ((int i, int j) in pairs)
        {
            Correlations[i, j] = (Intensity * r) + ((1 - Intensity) * s[i, j] / Math.Sqrt(s[i, i] * s[j, j]));
        }

        // √(sⱼⱼ/sᵢᵢ) · ϑᵢᵢ,ᵢⱼ
        double Scaled(int i, int j) => Math.Sqrt(s[j, j] / s[i, i])
            * Mean(x => ((x[i] * x[i]) - s[i, i]) * ((x[i] * x[j]) - s[i, j]));
    }
}
