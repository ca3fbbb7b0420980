namespace LowLatencyPortfolio.Signals;

/// <summary>Turns what is known at a close into one row of comparable numbers a pair.</summary>
/// <remarks>
/// <para>Thread: one owner. Only what has closed enters, so no row knows the future.</para>
/// <para>A row: 1; the pair's RSI about 50, MACD histogram in ranges, distance from the day's VWAP in volatilities, log
/// volatility; the first three of each leader; the pair's rank among all pairs in each of its four; log of the leaders'
/// short-term over their long-term movement. All but the 1 are less their mean so far, in standard deviations so far,
/// cut at ±4.</para>
/// </remarks>
internal sealed class FeatureRows
{
    private const int Own = 4;
    private const int OfLeader = 3;
    private const double Cut = 4;
    private const double VolumeDecay = 0.9976;      // a half-life of 288 closes
    private const double ShortDecay = 0.9439;       // 12 closes
    private readonly int _pairs;
    private readonly int _leaders;
    private readonly double[] _raw;
    private readonly int[] _byVolume;
    private readonly double[] _volumes;
    private readonly double[] _lastCloses;
    private readonly double[] _movement = new double[3];     // short-term, long-term, their common weight
    private readonly double[] _moments;                      // count, then means, then sums of squared deviations

    public FeatureRows(int pairs, int leaders)
    {
        (_pairs, _leaders) = (pairs, Math.Min(leaders, pairs));
        Width = 1 + Own + (OfLeader * leaders) + Own + 1;
        Rows = new double[pairs * Width];
        IsUsable = new bool[pairs];
        _raw = new double[pairs * Own];
        _byVolume = new int[pairs];
        _volumes = new double[pairs];
        _lastCloses = new double[pairs];
        _moments = new double[1 + (2 * Width)];
        Parts = [_volumes, _lastCloses, _movement, _moments];
    }

    public int Width { get; }

    /// <summary>A row a pair; only those that are usable mean anything.</summary>
    public double[] Rows { get; }

    public bool[] IsUsable { get; }

    /// <summary>Newest close by pair, 0 before the first: where no candle was, the last price stands.</summary>
    public ReadOnlySpan<double> LastCloses => _lastCloses;

    public double[][] Parts { get; }

    /// <summary>The leaders' movement, lately and of about a day, and how many closes are in it.</summary>
    public double[] Movement => _movement;

    /// <summary>Count, means and sums of squared deviations of the features.</summary>
    public double[] Moments => _moments;

    public ReadOnlySpan<double> Row(int pair) => Rows.AsSpan(pair * Width, Width);

    public void Build(ReadOnlySpan<PairFeatures> pairs)
    {
        RankVolumes(pairs);
        double regime = TakeMovement(pairs);
        bool leadersKnown = true;
        for (int i = 0; i < _pairs; i++)
        {
            IsUsable[i] = pairs[i].IsComplete;
            WriteOwn(pairs[i], _raw.AsSpan(i * Own, Own));
        }

        for (int k = 0; k < _leaders; k++)
        {
            leadersKnown &= IsUsable[_byVolume[k]];
        }

        for (int i = 0; i < _pairs; i++)
        {
            IsUsable[i] &= leadersKnown;
            if (IsUsable[i])
            {
                WriteRow(i, regime);
            }
        }

        Standardise();
        for (int i = 0; i < _pairs; i++)
        {
            _lastCloses[i] = pairs[i].HasClose ? pairs[i].Close : _lastCloses[i];
        }
    }

    private static void WriteOwn(in PairFeatures pair, Span<double> own)
    {
        own[0] = (pair.Rsi - 50) / 50;
        own[1] = pair.MacdHistogram / pair.Atr;
        own[2] = ((pair.Close / pair.SessionVwap) - 1) / pair.Volatility;
        own[3] = Math.Log(pair.Volatility);
    }

    private void RankVolumes(ReadOnlySpan<PairFeatures> pairs)
    {
        for (int i = 0; i < _pairs; i++)
        {
            double volume = double.IsFinite(pairs[i].QuoteVolume) ? pairs[i].QuoteVolume : 0;
            _volumes[i] = (VolumeDecay * _volumes[i]) + volume;
            int place = i;
            for (; place > 0 && _volumes[_byVolume[place - 1]] < _volumes[i]; place--)
            {
                _byVolume[place] = _byVolume[place - 1];
            }

            _byVolume[place] = i;
        }
    }

    /// <summary>
    /// Log of the leaders' mean absolute return lately over that of about a day; 0 is neither calm nor wild.
    /// </summary>
    private double TakeMovement(ReadOnlySpan<PairFeatures> pairs)
    {
        (double moved, int count) = (0, 0);
        for (int k = 0; k < Math.Max(1, _leaders); k++)
        {
            int leader = _byVolume[k];
            if (pairs[leader].HasClose && _lastCloses[leader] > 0)
            {
                moved += Math.Abs(Math.Log(pairs[leader].Close / _lastCloses[leader]));
                count++;
            }
        }

        if (count > 0)
        {
            double shortShare = 1 - ShortDecay;
            double longShare = Math.Max(1 - VolumeDecay, 1 / (_movement[2] + 1));
            shortShare = Math.Max(shortShare, longShare);
            _movement[0] += shortShare * ((moved / count) - _movement[0]);
            _movement[1] += longShare * ((moved / count) - _movement[1]);
            _movement[2]++;
        }

        return _movement[0] > 0 && _movement[1] > 0 ? Math.Log(_movement[0] / _movement[1]) : 0;
    }

    private void WriteRow(int pair, double regime)
    {
        Span<double> row = Rows.AsSpan(pair * Width, Width);
        row.Clear();
        row[0] = 1;
        _raw.AsSpan(pair * Own, Own).CopyTo(row[1..]);
        int next = 1 + Own;
        for (int k = 0; k < _leaders; k++)
        {
            _raw.AsSpan(_byVolume[k] * Own, OfLeader).CopyTo(row[next..]);
            next += OfLeader;
        }

        next = Width - Own - 1;
        for (int f = 0; f < Own; f++)
        {
            row[next + f] = Rank(pair, f);
        }

        row[^1] = regime;
    }

    /// <summary>Share of the other pairs below less share above, −1 to 1.</summary>
    private double Rank(int pair, int feature)
    {
        (int below, int above) = (0, 0);
        double own = _raw[(pair * Own) + feature];
        for (int i = 0; i < _pairs; i++)
        {
            double other = _raw[(i * Own) + feature];      // comparisons with what is not a number are false
            below += other < own ? 1 : 0;
            above += other > own ? 1 : 0;
        }

        return _pairs > 1 ? (below - above) / (double)(_pairs - 1) : 0;
    }

    private void Standardise()
    {
        Span<double> means = _moments.AsSpan(1, Width);
        Span<double> squares = _moments.AsSpan(1 + Width, Width);
        for (int i = 0; i < _pairs; i++)
        {
            if (IsUsable[i])
            {
                TakeMoments(Row(i), means, squares);
            }
        }

        for (int i = 0; i < _pairs; i++)
        {
            Span<double> row = Rows.AsSpan(i * Width, IsUsable[i] ? Width : 0);
            for (int f = 1; f < row.Length; f++)
            {
                double deviation = Math.Sqrt(squares[f] / _moments[0]);
                row[f] = deviation > 1e-12 ? Math.Clamp((row[f] - means[f]) / deviation, -Cut, Cut) : 0;
            }
        }
    }

    private void TakeMoments(ReadOnlySpan<double> row, Span<double> means, Span<double> squares)
    {
        _moments[0]++;
        for (int f = 1; f < row.Length; f++)
        {
            double before = row[f] - means[f];
            means[f] += before / _moments[0];
            squares[f] += before * (row[f] - means[f]);
        }
    }
}
