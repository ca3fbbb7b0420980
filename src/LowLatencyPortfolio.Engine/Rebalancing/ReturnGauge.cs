using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Measures how much the pairs move and how much together, from their prices at the times a rebalance looks, and says
/// it in decimals.
/// </summary>
/// <remarks>Thread: one owner.</remarks>
internal sealed class ReturnGauge
{
    private const int Decimals = 12;
    private const double SecondsAYear = 365 * 86_400.0;

    // A pair is measured after a day of hours; what it did ten days ago counts half.
    private static readonly CorrelationOptions Options = new() { HalfLifeCloses = 240, WarmUpCloses = 24 };

    private readonly PairSetup[] _pairs;
    private readonly CorrelationEstimator _estimator;
    private readonly double[] _closes;
    private readonly double _closesAYear;

    public ReturnGauge(PairSetup[] pairs, long intervalNs)
    {
        _pairs = pairs;
        _estimator = new CorrelationEstimator(pairs.Length, Options);
        _closes = new double[pairs.Length];
        _closesAYear = SecondsAYear / (intervalNs / (double)EventTime.Second);
    }

    /// <summary>Takes in the newest prices; a pair that has none has no return.</summary>
    public void Close(PortfolioSnapshot snapshot)
    {
        for (int i = 0; i < _closes.Length; i++)
        {
            _closes[i] = (double)_pairs[i].Product.PriceOf(snapshot.Pairs[i].Mark);
        }

        _estimator.Update(_closes);
    }

    /// <summary>
    /// Nobody looked so many times. A short gap's return is taken whole at the next look, a longer one's is dropped.
    /// </summary>
    /// <param name="closes">How many; none below 1.</param>
    public void Skip(long closes) => _estimator.Skip(Math.Max(closes, 0));

    /// <summary>Standard deviations of a year's return by pair, fractions; 0 while it is not known.</summary>
    public decimal[] Volatilities()
    {
        decimal[] volatilities = new decimal[_pairs.Length];
        for (int i = 0; i < volatilities.Length; i++)
        {
            double volatility = _estimator.IsMeasured(i) ? _estimator.Volatility(i) * Math.Sqrt(_closesAYear) : 0;
            volatilities[i] = Exact(Math.Min(volatility, 1_000));
        }

        return volatilities;
    }

    /// <summary>By which weights the open positions contribute the same risk; none where that cannot be said.</summary>
    /// <param name="positions">Every pair.</param>
    public decimal[] RiskShares(ReadOnlySpan<RebalancePosition> positions)
    {
        List<int> open = [];
        for (int i = 0; i < positions.Length; i++)
        {
            if (positions[i].IsOpen && _estimator.IsMeasured(i))
            {
                open.Add(i);
            }
        }

        int n = open.Count;
        double[] volatilities = [.. open.Select(_estimator.Volatility)];
        double[] correlations = new double[n * n];
        for (int k = 0; k < correlations.Length; k++)
        {
            correlations[k] = _estimator.Correlation(open[k / n], open[k % n]);
        }

        double[] weights = new double[n];
        if (!RiskParity.TrySolve(volatilities, correlations, weights))
        {
            return [];
        }

        decimal[] shares = new decimal[positions.Length];
        for (int k = 0; k < n; k++)
        {
            shares[open[k]] = Exact(weights[k]);
        }

        return shares;
    }

    public byte[] Save()
    {
        byte[] state = new byte[_estimator.StateBytes];
        _estimator.Save(state);
        return state;
    }

    /// <exception cref="InvalidDataException">It is of other pairs.</exception>
    public void Restore(ReadOnlySpan<byte> state)
    {
        if (state.Length != _estimator.StateBytes)
        {
            throw new InvalidDataException($"{state.Length} bytes of returns, {_estimator.StateBytes} needed");
        }

        _estimator.Restore(state);
    }

    private static decimal Exact(double value) => decimal.Round((decimal)value, Decimals);
}
