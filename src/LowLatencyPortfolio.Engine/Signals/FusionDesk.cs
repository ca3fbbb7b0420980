using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Keeps the fused model of an engine: shows it each close, and makes a version of what it has learned every so often.
/// </summary>
/// <remarks>
/// Thread: one round at a time; <see cref="Readings"/> from any. A version is made at a close that its number alone
/// determines, so that a repeat makes the same ones; who stores them takes them from <see cref="Unstored"/>.
/// </remarks>
internal sealed class FusionDesk
{
    /// <summary>Name of the model in the database.</summary>
    public const string ModelName = "fusion";

    private const string SectionName = "fusion-1";

    private readonly PairSetup[] _pairs;
    private readonly FusionModel _model;
    private readonly PairFeatures[] _features;
    private readonly double[] _said;
    private readonly byte[] _state;
    private readonly long _intervalNs;
    private readonly int _versionCloses;
    private long _version;
    private long _versionAtCloses;
    private long _lastEndNs;
    private FusionReadings _readings = new(0, 0, 0.5, 0);

    public FusionDesk(PairSetup[] pairs, SignalOptions options)
    {
        _pairs = pairs;
        _model = new FusionModel(pairs.Length, options.Fusion.Model);
        _features = new PairFeatures[pairs.Length];
        _said = new double[pairs.Length];
        _state = new byte[_model.StateLength];
        _intervalNs = options.Confirmation.CandleSeconds * EventTime.Second;
        _versionCloses = options.Fusion.VersionCloses;
    }

    /// <summary>Versions that are not in the database yet, oldest first.</summary>
    public List<ModelParameters> Unstored { get; } = [];

    public FusionReadings Readings => Volatile.Read(ref _readings);

    /// <summary>Learns what the close of a round says of earlier ones, and judges the pairs after it.</summary>
    /// <param name="round">The candles; taken in by the pairs' signals already.</param>
    /// <param name="signals">By pair index.</param>
    public void OnRound(CandleRound round, PairSignals[] signals)
    {
        if (_lastEndNs != 0 && round.EndNs > _lastEndNs + _intervalNs)
        {
            _model.Skip(((round.EndNs - _lastEndNs) / _intervalNs) - 1);
        }

        _lastEndNs = round.EndNs;
        for (int i = 0; i < _pairs.Length; i++)
        {
            ref readonly Candle candle = ref round.Candles[i];
            _features[i] = candle.Ticks == 0
                ? PairFeatures.Absent
                : PairFeatures.Of(CandleValues.Of(in candle, _pairs[i].Product), signals[i].Indicators);
        }

        _model.OnClose(_features, _said);
        if (_model.LearnedCloses >= _versionAtCloses + _versionCloses)
        {
            MakeVersion(round.EndNs);
        }

        Tell();
    }

    /// <summary>What the model said of a pair at the last close; null where it said nothing.</summary>
    public double? RiseProbability(int pair) => double.IsNaN(_said[pair]) ? null : _said[pair];

    /// <summary>Makes a version of what was learned since the last one, at an end.</summary>
    public void MakeLastVersion()
    {
        if (_model.LearnedCloses > _versionAtCloses)
        {
            MakeVersion(_lastEndNs);
            Tell();
        }
    }

    /// <summary>
    /// Goes on from the newest version of a database, where it is of the same options; before the first round.
    /// </summary>
    /// <param name="databasePath">The file.</param>
    public void TakeNewest(string databasePath)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(databasePath);
        if (database.LatestModel(ModelName) is not { } newest)
        {
            return;
        }

        _version = newest.Version;
        if (_model.TryTake(newest.Parameters))
        {
            _versionAtCloses = _model.LearnedCloses;
        }

        Tell();
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Section(SectionName);
        writer.Write(_version);
        writer.Write(_versionAtCloses);
        writer.Write(_lastEndNs);
        _model.Save(_state);
        writer.Write(_state);
    }

    /// <exception cref="InvalidDataException">The state is of another model.</exception>
    public void Restore(CheckpointReader reader)
    {
        reader.Section(SectionName);
        _version = reader.ReadInt64();
        _versionAtCloses = reader.ReadInt64();
        _lastEndNs = reader.ReadInt64();
        _model.Restore(reader.ReadBytes().ToArray());
        Tell();
    }

    private void MakeVersion(long atNs)
    {
        _version++;
        _versionAtCloses = _model.LearnedCloses;
        Unstored.Add(new ModelParameters(ModelName, _version, atNs, _model.Samples, _model.Parameters()));
    }

    private void Tell() => Volatile.Write(
        ref _readings,
        new FusionReadings(_model.LearnedCloses, _model.Samples, _model.BaseRate, _version));
}
