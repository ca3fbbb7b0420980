namespace LowLatencyPortfolio.Signals.Tests.Fusion;

/// <summary>Features and prices made by chance; how much the RSI says about the next price can be chosen.</summary>
internal sealed class MadeMarket
{
    private readonly double[] _prices;
    private readonly double[] _pull;
    private readonly Random _random;
    private readonly double _strength;

    public MadeMarket(int seed, int pairs, double strength)
    {
        _random = new Random(seed);
        _strength = strength;
        _prices = [.. Enumerable.Repeat(100.0, pairs)];
        _pull = new double[pairs];
        Features = new PairFeatures[pairs];
    }

    public PairFeatures[] Features { get; }

    public PairFeatures[] Next()
    {
        for (int i = 0; i < _prices.Length; i++)
        {
            double gauss = Gauss();
            _prices[i] *= Math.Exp(0.01 * (gauss + (_strength * _pull[i])));
            _pull[i] = Math.Clamp(Gauss(), -2, 2);
            double rsi = 50 + (20 * _pull[i]);
            double vwap = _prices[i] * (1 + (0.01 * Gauss()));
            Features[i] = new PairFeatures(_prices[i], 1000 * (i + 1), rsi, Gauss(), 2, vwap, 0.01);
        }

        return Features;
    }

    private double Gauss() =>
        Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
