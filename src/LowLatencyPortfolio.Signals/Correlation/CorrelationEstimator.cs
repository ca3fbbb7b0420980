using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.Signals;

/// <summary>
/// Exponentially weighted correlations of candle returns, shrunk towards their mean, brought up to date at each close.
/// </summary>
/// <remarks>
/// <para>Thread: one owner. Allocation: none after construction. Cost: O(n²) a close; measured in
/// <c>benchmarks/results</c>.</para>
/// <para>Absent candles: nothing traded, so the last price stands and the return is 0; the next candle's return spans
/// the gap. So every close adds one product xxᵀ for all pairs at once, and the matrix is positive semi-definite by
/// construction, which pairwise counting would lose. After more than <see cref="CorrelationOptions.MaxGapCloses"/>
/// absent candles the return that spans them is dropped. A pair with fewer than
/// <see cref="CorrelationOptions.WarmUpCloses"/> real returns, or without any movement, has correlation 0 with all
/// others. The closes before a pair's first count as zeros in its covariances, not in its variance's weight, so a young
/// pair's correlations are somewhat too low.</para>
/// <para>Source: RiskMetrics Technical Document, 1996 (weights, zero mean); the shrinkage as in Ledoit and Wolf, 2004,
/// towards constant correlation, with the effective number of closes in place of their T.</para>
/// </remarks>
public sealed class CorrelationEstimator
{
    private const int StateScalars = 3;
    private const int StateVectors = 4;
    private const int StateMatrices = 3;

    private readonly CorrelationOptions _options;
    private readonly double _decay;
    private readonly ReturnMoments _moments;
    private readonly double[] _lastCloses;
    private readonly double[] _gaps;
    private readonly double[] _seen;
    private readonly double[] _weights;
    private readonly double[] _returns;
    private readonly double[] _deviations;
    private readonly double[] _volatilities;
    private readonly double[] _correlations;
    private readonly int[] _live;
    private readonly bool[] _isMeasured;
    private readonly double[][] _stateParts;
    private int _liveCount;
    private long _closes;

    /// <summary>Starts with no history.</summary>
    /// <param name="pairs">Pairs, 1 to 1,000; 200 are the case it is made for. Memory is about 32 n² bytes.</param>
    /// <param name="options">Speeds and thresholds.</param>
    /// <exception cref="ArgumentOutOfRangeException">Too few or too many pairs.</exception>
    /// <exception cref="Domain.ConfigurationException">The options have faults; all are named.</exception>
    public CorrelationEstimator(int pairs, CorrelationOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pairs, 1000);
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Checked();
        _decay = options.Decay;
        _moments = new ReturnMoments(pairs, _decay);
        _lastCloses = new double[pairs];
        _gaps = new double[pairs];
        _seen = new double[pairs];
        _weights = new double[pairs];
        _returns = new double[pairs];
        _deviations = new double[pairs];
        _volatilities = new double[pairs];
        _correlations = new double[pairs * pairs];
        _live = new int[pairs];
        _isMeasured = new bool[pairs];
        _stateParts =
        [
            _lastCloses, _gaps, _seen, _weights, _moments.Products, _moments.SquareProducts, _moments.CubeProducts,
        ];
        Refresh();
    }

    /// <summary>Pairs, by the index of their closes.</summary>
    public int PairCount => _moments.Pairs;

    /// <summary>Closes taken in.</summary>
    public long Closes => _closes;

    /// <summary>Kish's effective number of closes, (Σ w)² ÷ Σ w²; about 2.9 half-lives in the long run.</summary>
    public double EffectiveCloses => _moments.EffectiveCount;

    /// <summary>Mean correlation of the measured pairs: the target of the shrinkage; 0 below two.</summary>
    public double MeanCorrelation { get; private set; }

    /// <summary>Share of the target in every correlation, 0 to 1.</summary>
    public double ShrinkageIntensity { get; private set; }

    /// <summary>
    /// Log returns of the last close by pair; 0 where the candle was absent or the return dropped, and after a restore.
    /// </summary>
    public ReadOnlySpan<double> LastReturns => _returns;

    /// <summary>The shrunk correlations, row-major, symmetric, 1 on the diagonal; valid until the next close.</summary>
    public ReadOnlySpan<double> Correlations => _correlations;

    /// <summary><see cref="Volatility"/> by pair; valid until the next close.</summary>
    public ReadOnlySpan<double> Volatilities => _volatilities;

    /// <summary><see cref="IsMeasured"/> by pair; valid until the next close.</summary>
    public ReadOnlySpan<bool> AreMeasured => _isMeasured;

    /// <summary>Bytes of <see cref="Save"/>.</summary>
    public int StateBytes =>
        sizeof(double) * (StateScalars + (StateVectors * PairCount) + (StateMatrices * PairCount * PairCount));

    /// <summary>Takes in the candles that closed together.</summary>
    /// <param name="closes">Closing price by pair, quote; not a number, or not above 0, where no candle was.</param>
    /// <exception cref="ArgumentException">Not one value a pair.</exception>
    public void Update(ReadOnlySpan<double> closes)
    {
        if (closes.Length != PairCount)
        {
            throw new ArgumentException($"{closes.Length} closes for {PairCount} pairs", nameof(closes));
        }

        for (int i = 0; i < closes.Length; i++)
        {
            _returns[i] = TakeReturn(i, closes[i]);
            _weights[i] = (_decay * _weights[i]) + (_seen[i] > 0 ? 1 : 0);
        }

        _moments.Add(_returns);
        _closes++;
        Refresh();
    }

    /// <summary>
    /// Closes passed that nobody saw: a stop, a market that stood still, a close that was dropped. For each pair they
    /// are absent candles: its next return spans them, or is dropped where they are too many. They weigh nothing.
    /// </summary>
    /// <param name="closes">How many, at least 0.</param>
    public void Skip(long closes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(closes);
        for (int i = 0; i < _gaps.Length; i++)
        {
            _gaps[i] += closes;
        }
    }

    /// <summary>Whether a pair's correlations are known: warmed up, and its price has moved.</summary>
    /// <param name="pair">Index of the pair.</param>
    public bool IsMeasured(int pair) => _isMeasured[pair];

    /// <summary>Standard deviation of a pair's return over one candle, a fraction; 0 before its first return.</summary>
    /// <param name="pair">Index of the pair.</param>
    public double Volatility(int pair) => _volatilities[pair];

    /// <summary>
    /// Shrunk correlation of two pairs, −1 to 1; 0 when one is not measured, 1 of a pair with itself.
    /// </summary>
    /// <param name="first">Index of a pair.</param>
    /// <param name="second">Index of a pair.</param>
    public double Correlation(int first, int second) => _correlations[(first * PairCount) + second];

    /// <summary>Writes the shrunk covariance of returns over one candle.</summary>
    /// <param name="covariance">n² values, row-major.</param>
    /// <exception cref="ArgumentException">Too short.</exception>
    public void CopyCovariance(Span<double> covariance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(covariance.Length, PairCount * PairCount, nameof(covariance));
        for (int i = 0; i < PairCount; i++)
        {
            double volatility = Volatility(i);
            for (int j = 0; j < PairCount; j++)
            {
                covariance[(i * PairCount) + j] = Correlation(i, j) * volatility * Volatility(j);
            }
        }
    }

    /// <summary>Writes the whole state: 64-bit floats of this machine's byte order.</summary>
    /// <param name="state"><see cref="StateBytes"/> bytes.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public void Save(Span<byte> state)
    {
        DemandLength(state.Length);
        ReadOnlySpan<double> scalars = [_closes, _moments.Weight, _moments.SquaredWeight];
        MemoryMarshal.AsBytes(scalars).CopyTo(state);
        Span<byte> left = state[(sizeof(double) * StateScalars)..];
        foreach (double[] part in _stateParts)
        {
            Span<byte> bytes = MemoryMarshal.AsBytes(part.AsSpan());
            bytes.CopyTo(left);
            left = left[bytes.Length..];
        }
    }

    /// <summary>Continues from a saved state; what follows is equal to the last digit.</summary>
    /// <param name="state">
    /// Written by <see cref="Save"/> of an estimator with as many pairs and the same options.
    /// </param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public void Restore(ReadOnlySpan<byte> state)
    {
        DemandLength(state.Length);
        Span<double> scalars = stackalloc double[StateScalars];
        state[..(sizeof(double) * StateScalars)].CopyTo(MemoryMarshal.AsBytes(scalars));
        (_closes, _moments.Weight, _moments.SquaredWeight) = ((long)scalars[0], scalars[1], scalars[2]);
        ReadOnlySpan<byte> left = state[(sizeof(double) * StateScalars)..];
        foreach (double[] part in _stateParts)
        {
            Span<byte> bytes = MemoryMarshal.AsBytes(part.AsSpan());
            left[..bytes.Length].CopyTo(bytes);
            left = left[bytes.Length..];
        }

        Array.Clear(_returns);
        Refresh();
    }

    private void DemandLength(int length)
    {
        if (length != StateBytes)
        {
            throw new ArgumentException($"{length} bytes of state; {PairCount} pairs have {StateBytes}");
        }
    }

    private double TakeReturn(int pair, double close)
    {
        if (!double.IsFinite(close) || close <= 0)
        {
            _gaps[pair]++;
            return 0;
        }

        double last = _lastCloses[pair];
        bool spansTooMuch = _gaps[pair] > _options.MaxGapCloses;
        _lastCloses[pair] = close;
        _gaps[pair] = 0;
        if (last <= 0 || spansTooMuch)
        {
            return 0;
        }

        _seen[pair]++;
        return Math.Log(close / last);
    }

    private void Refresh()
    {
        int n = PairCount;
        _liveCount = 0;
        for (int i = 0; i < n; i++)
        {
            double sum = _moments.Products[(i * n) + i];
            _isMeasured[i] = _seen[i] >= _options.WarmUpCloses && sum > 0;
            _deviations[i] = sum > 0 ? Math.Sqrt(sum / _moments.Weight) : 0;
            _volatilities[i] = _weights[i] > 0 ? Math.Sqrt(sum / _weights[i]) : 0;
            if (_isMeasured[i])
            {
                _live[_liveCount++] = i;
            }
        }

        ReadOnlySpan<int> live = _live.AsSpan(0, _liveCount);
        (MeanCorrelation, ShrinkageIntensity) = LedoitWolf.Estimate(_moments, live, _deviations);
        WriteCorrelations(live);
    }

    private void WriteCorrelations(ReadOnlySpan<int> live)
    {
        int n = PairCount;
        Array.Clear(_correlations);
        for (int i = 0; i < n; i++)
        {
            _correlations[(i * n) + i] = 1;
        }

        double kept = 1 - ShrinkageIntensity;
        double drawn = ShrinkageIntensity * MeanCorrelation;
        for (int a = 0; a < live.Length; a++)
        {
            int i = live[a];
            double scale = kept / (_deviations[i] * _moments.Weight);
            ReadOnlySpan<double> products = _moments.Products.AsSpan(i * n, n);
            for (int b = a + 1; b < live.Length; b++)
            {
                int j = live[b];
                double shrunk = Math.Clamp((scale * products[j] / _deviations[j]) + drawn, -1, 1);
                _correlations[(i * n) + j] = shrunk;
                _correlations[(j * n) + i] = shrunk;
            }
        }
    }
}
