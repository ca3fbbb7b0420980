using BenchmarkDotNet.Attributes;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Benchmarks;

/// <summary>
/// What one candle close of 200 pairs costs: the matrix, then the measured groups and the figures over it.
/// </summary>
/// <remarks>
/// Four factors of unequal strength, so that pairs join and part; a twentieth of the candles is absent.
/// </remarks>
[MemoryDiagnoser]
public class CorrelationBenchmarks
{
    private const int Closes = 1024;
    private const int Factors = 4;
    private readonly double[][] _closes = new double[Closes][];
    private CorrelationEstimator _estimator = null!;
    private RiskGroups _groups = null!;
    private ReturnHistory _history = null!;
    private double[] _values = [];
    private int _next;

    [Params(10, 200)]
    public int Pairs { get; set; }

    [GlobalSetup]
    public void WarmUp()
    {
        Random random = new(1);
        double[] prices = [.. Enumerable.Repeat(100.0, Pairs)];
        double[] factors = new double[Factors];
        for (int t = 0; t < Closes; t++)
        {
            for (int f = 0; f < Factors; f++)
            {
                factors[f] = random.NextDouble() - 0.5;
            }

            for (int i = 0; i < Pairs; i++)
            {
                double own = (random.NextDouble() - 0.5) * (0.3 + (i % Factors / 5.0));
                prices[i] *= Math.Exp(0.002 * (factors[i % Factors] + own));
            }

            _closes[t] = [.. prices.Select(price => random.NextDouble() < 0.05 ? double.NaN : price)];
        }

        _estimator = new CorrelationEstimator(Pairs, new CorrelationOptions());
        string[] names = [.. Enumerable.Range(0, Pairs).Select(i => $"P{i:000}-USD")];
        _groups = new RiskGroups(names, new CorrelationOptions());
        _history = new ReturnHistory(Pairs, 2016);
        _values = [.. Enumerable.Range(0, Pairs).Select(i => i % 20 == 0 ? 2_000.0 : 0)];
        for (int t = 0; t < Closes; t++)
        {
            MatrixAndGroups();
            _history.Add(_estimator.LastReturns);
        }

        if (_groups.Groups.ToArray().Distinct().Count() == Pairs)
        {
            throw new InvalidOperationException("no group was measured");
        }
    }

    [Benchmark]
    public double Matrix()
    {
        _estimator.Update(_closes[_next++ % Closes]);
        return _estimator.ShrinkageIntensity;
    }

    [Benchmark]
    public int MatrixAndGroups()
    {
        _estimator.Update(_closes[_next++ % Closes]);
        return _groups.Update(_estimator).Changes.Length;
    }

    [Benchmark]
    public PortfolioRisk Risk() => PortfolioRisk.Measure(_estimator, _values, 0.99, 288);

    [Benchmark]
    public double? HistoricalValueAtRisk() => _history.ValueAtRisk(_values, 0.99);
}
