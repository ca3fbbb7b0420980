namespace LowLatencyPortfolio.Signals.Tests.Correlation;

/// <summary>Random prices: each pair follows one of several factors and itself; some candles are absent.</summary>
internal sealed class FactorMarket
{
    private readonly Random _random;
    private readonly int _factors;
    private readonly double[] _prices;
    private readonly double[] _factorMoves;

    public FactorMarket(Random random, int pairs, int factors, double common = 0.8, double absent = 0)
    {
        _random = random;
        _factors = factors;
        Common = common;
        Absent = absent;
        _prices = [.. Enumerable.Range(0, pairs).Select(_ => Math.Exp(10 * random.NextDouble()))];
        _factorMoves = new double[factors];
        Closes = new double[pairs];
    }

    /// <summary>Share of the factor in a pair's variance is this squared.</summary>
    public double Common { get; set; }

    public double Absent { get; set; }

    public double[] Closes { get; }

    public double[] Next()
    {
        for (int f = 0; f < _factors; f++)
        {
            _factorMoves[f] = Gauss();
        }

        for (int i = 0; i < _prices.Length; i++)
        {
            double own = Math.Sqrt(1 - (Common * Common)) * Gauss();
            _prices[i] *= Math.Exp((0.001 + (0.0001 * i)) * ((Common * _factorMoves[i % _factors]) + own));
            Closes[i] = _random.NextDouble() < Absent ? double.NaN : _prices[i];
        }

        return Closes;
    }

    private double Gauss() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
