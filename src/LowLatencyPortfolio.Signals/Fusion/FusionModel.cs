using System.Buffers.Binary;

namespace LowLatencyPortfolio.Signals;

/// <summary>
/// The probability that a pair's price rises by more than a trade costs, learned from all pairs' indicators as outcomes
/// become known.
/// </summary>
/// <remarks>
/// <para>Thread: one owner; not for a pipeline thread. Allocation: some small arrays a close. Deterministic: no clock,
/// no chance; the same closes give the same bits on the same machine.</para>
/// <para>Nothing uses it unless it is made: it is off by default. Whether it adds anything is measured by
/// <c>llp-lab fusion</c>; see <c>benchmarks/results</c>.</para>
/// <para>Walk-forward only: at a close it first learns what happened to the rows of <see
/// cref="FusionOptions.HorizonCloses"/> closes ago, then judges the rows of now. So a probability is made of closes up
/// to its own and of no other. Calibration (Platt, "Probabilistic outputs for support vector machines", 1999) is
/// learned from those past judgements, each of which was made before its outcome: none is in-sample.</para>
/// </remarks>
public sealed class FusionModel
{
    /// <summary>Version of what <see cref="Save()"/> writes.</summary>
    public const int StateVersion = 2;

    private const int Magic = 0x46504C4C;      // "LLPF"
    private const int HeaderBytes = 3 * sizeof(int);
    private const double CalibrationRidge = 50;
    private readonly FusionOptions _options;
    private readonly int _pairs;
    private readonly FeatureRows _features;
    private readonly OnlineLogistic _model;
    private readonly OnlineLogistic _calibration;
    private readonly double _decay;
    private readonly double[] _pastRows;        // by slot and pair; a slot is a close modulo the horizon
    private readonly double[] _pastScores;      // not a number: no judgement was made
    private readonly double[] _pastCloses;
    private readonly double[] _counters = new double[5];
    private readonly double[] _optionNumbers;
    private readonly double[][] _parts;
    private readonly (string Name, double[] Numbers)[] _learned;

    /// <summary>Starts without any experience.</summary>
    /// <param name="pairs">Pairs, at least 1.</param>
    /// <param name="options">What to predict and how to learn.</param>
    /// <exception cref="Domain.ConfigurationException">The options have faults; all are named.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No pair.</exception>
    public FusionModel(int pairs, FusionOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs, 1);
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Checked();
        _optionNumbers = options.Numbers();
        _pairs = pairs;
        _decay = Math.Pow(2, -1 / options.HalfLifeCloses);
        _features = new FeatureRows(pairs, options.Leaders);
        _model = new OnlineLogistic(new double[_features.Width], options.Ridge, _decay);
        _calibration = new OnlineLogistic([1, 0], CalibrationRidge, _decay);
        _pastRows = new double[options.HorizonCloses * pairs * _features.Width];
        _pastScores = new double[options.HorizonCloses * pairs];
        _pastCloses = new double[options.HorizonCloses * pairs];
        Array.Fill(_pastScores, double.NaN);
        _parts =
        [
            _counters, .. _features.Parts, .. _model.Parts, .. _calibration.Parts, _pastRows, _pastScores, _pastCloses,
        ];
        StateLength = HeaderBytes + (sizeof(double) * (_optionNumbers.Length + _parts.Sum(part => part.Length)));
        _learned =
        [
            ("counters", _counters), ("movement", _features.Movement), ("moments", _features.Moments),
            ("weights", _model.Weights), ("curvature", _model.Curvature),
            ("calibration", _calibration.Weights), ("calibrationCurvature", _calibration.Curvature),
        ];
    }

    /// <summary>Length of what <see cref="Save()"/> writes, bytes.</summary>
    public int StateLength { get; }

    /// <summary>Closes taken in.</summary>
    public long Closes => (long)_counters[0];

    /// <summary>Closes of which outcomes were learned.</summary>
    public long LearnedCloses => (long)_counters[1];

    /// <summary>Outcomes that were learned, one a pair and close at most.</summary>
    public long Samples => (long)_counters[4];

    /// <summary>Share of the outcomes so far, the old forgotten, that were rises; 0.5 before the first.</summary>
    public double BaseRate => _counters[3] > 0 ? _counters[2] / _counters[3] : 0.5;

    /// <summary>Takes in a close of all pairs and judges them.</summary>
    /// <param name="pairs">By pair index; <see cref="PairFeatures.Absent"/> where no candle was.</param>
    /// <param name="probabilities">
    /// By pair index: calibrated probability of a rise, 0 to 1; not a number while the model warms up, and where the
    /// pair's or a leader's features are incomplete.
    /// </param>
    /// <exception cref="ArgumentException">Not one of each a pair.</exception>
    public void OnClose(ReadOnlySpan<PairFeatures> pairs, Span<double> probabilities)
    {
        if (pairs.Length != _pairs || probabilities.Length != _pairs)
        {
            throw new ArgumentException($"{pairs.Length} features, {probabilities.Length} results for {_pairs} pairs");
        }

        _features.Build(pairs);
        int slot = (int)(Closes % _options.HorizonCloses);
        Learn(slot);
        Judge(slot, probabilities);
        _counters[0]++;
    }

    /// <summary>Closes passed that nobody saw: outcomes that would have become known at them stay unknown.</summary>
    /// <param name="closes">How many, at least 0.</param>
    public void Skip(long closes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(closes);
        for (long i = 0; i < Math.Min(closes, _options.HorizonCloses); i++)
        {
            int slot = (int)((Closes + i) % _options.HorizonCloses);
            _pastScores.AsSpan(slot * _pairs, _pairs).Fill(double.NaN);
        }

        _counters[0] += closes;
    }

    /// <summary>What was learned so far, without what waits for its outcome: for another model to go on from.</summary>
    /// <returns>One line of JSON; every number to the last bit.</returns>
    public string Parameters() => FusionParameters.Write(_options, _learned);

    /// <summary>Goes on from what another model had learned; its pairs may be others.</summary>
    /// <param name="parameters">What <see cref="Parameters"/> returned.</param>
    /// <returns>False, and nothing changed, when they are of other options or of another kind.</returns>
    public bool TryTake(string parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        if (!FusionParameters.TryRead(parameters, _options, _learned))
        {
            return false;
        }

        Array.Fill(_pastScores, double.NaN);
        return true;
    }

    /// <summary>Writes parameters and state, with their version and the options they were made with.</summary>
    /// <returns>Little-endian, whatever the machine.</returns>
    public byte[] Save()
    {
        byte[] state = new byte[StateLength];
        Save(state);
        return state;
    }

    /// <summary>Writes the same into a buffer. Allocation: none.</summary>
    /// <param name="to">At least <see cref="StateLength"/> bytes.</param>
    public void Save(Span<byte> to)
    {
        BinaryPrimitives.WriteInt32LittleEndian(to, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(to[4..], StateVersion);
        BinaryPrimitives.WriteInt32LittleEndian(to[8..], _pairs);
        Span<byte> rest = Put(_optionNumbers, to[HeaderBytes..]);
        foreach (double[] part in _parts)
        {
            rest = Put(part, rest);
        }
    }

    /// <summary>Continues from a saved state; what follows is equal to the last bit.</summary>
    /// <param name="state">Written by <see cref="Save()"/> of a model with as many pairs and the same options.</param>
    /// <exception cref="InvalidDataException">It is something else; the message says what differs.</exception>
    public void Restore(byte[] state)
    {
        ArgumentNullException.ThrowIfNull(state);
        using BinaryReader reader = new(new MemoryStream(state));
        if (state.Length < HeaderBytes || reader.ReadInt32() != Magic)
        {
            throw new InvalidDataException("these are not the parameters of a fused model");
        }

        int version = reader.ReadInt32();
        int pairs = reader.ReadInt32();
        if (version != StateVersion)
        {
            throw new InvalidDataException(
                $"the fused model's parameters have version {version}; this one reads {StateVersion}");
        }

        if (pairs != _pairs || state.Length != StateLength
            || _optionNumbers.Any(option => option != reader.ReadDouble()))
        {
            throw new InvalidDataException($"the fused model's parameters are of {pairs} pairs or other options");
        }

        foreach (double[] part in _parts)
        {
            for (int i = 0; i < part.Length; i++)
            {
                part[i] = reader.ReadDouble();
            }
        }
    }

    private static Span<byte> Put(double[] numbers, Span<byte> to)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(to[(i * sizeof(double))..], numbers[i]);
        }

        return to[(numbers.Length * sizeof(double))..];
    }

    /// <summary>Learns the outcomes of the rows that the slot has kept since the horizon.</summary>
    private void Learn(int slot)
    {
        bool learned = false;
        for (int i = 0; i < _pairs; i++)
        {
            int place = (slot * _pairs) + i;
            double score = _pastScores[place];
            if (double.IsNaN(score))
            {
                continue;
            }

            bool rose = _features.LastCloses[i] / _pastCloses[place] > 1 + _options.CostThreshold;
            _model.Add(_pastRows.AsSpan(place * _features.Width, _features.Width), rose);
            _calibration.Add([score, 1], rose);
            if (!learned)
            {
                (_counters[2], _counters[3]) = (_counters[2] * _decay, _counters[3] * _decay);
                learned = true;
            }

            _counters[2] += rose ? 1 : 0;
            _counters[3]++;
            _counters[4]++;
        }

        _model.Step();
        _calibration.Step();
        _counters[1] += learned ? 1 : 0;
    }

    private void Judge(int slot, Span<double> probabilities)
    {
        for (int i = 0; i < _pairs; i++)
        {
            int place = (slot * _pairs) + i;
            ReadOnlySpan<double> row = _features.Row(i);
            bool usable = _features.IsUsable[i];
            double score = usable ? _model.Score(row) : double.NaN;
            _pastScores[place] = score;
            _pastCloses[place] = _features.LastCloses[i];
            if (usable)
            {
                row.CopyTo(_pastRows.AsSpan(place * _features.Width, _features.Width));
            }

            probabilities[i] = usable && LearnedCloses >= _options.WarmUpCloses
                ? OnlineLogistic.Probability(_calibration.Score([score, 1]))
                : double.NaN;
        }
    }
}
