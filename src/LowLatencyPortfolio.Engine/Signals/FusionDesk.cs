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

    private readonly FusionCloses _closes;
    private readonly FusionModel _model;
    private readonly byte[] _state;
    private readonly int _versionCloses;
    private long _version;
    private long _versionAtCloses;
    private FusionReadings _readings = new(0, 0, 0.5, 0);

    public FusionDesk(PairSetup[] pairs, SignalOptions options)
    {
        _closes = new FusionCloses(
            pairs.Select(pair => pair.Product), options.Confirmation.CandleSeconds, options.Fusion.Model);
        _model = _closes.Model;
        _state = new byte[_model.StateLength];
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
        _closes.OnClose(round.EndNs, round.Candles, signals);
        if (_model.LearnedCloses >= _versionAtCloses + _versionCloses)
        {
            MakeVersion(round.EndNs);
        }

        Tell();
    }

    /// <summary>What the model said of a pair at the last close; null where it said nothing.</summary>
    public double? RiseProbability(int pair) => _closes.RiseProbability(pair);

    /// <summary>Makes a version of what was learned since the last one, at an end.</summary>
    public void MakeLastVersion()
    {
        if (_model.LearnedCloses > _versionAtCloses)
        {
            MakeVersion(_closes.LastEndNs);
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
        writer.Write(_closes.LastEndNs);
        _model.Save(_state);
        writer.Write(_state);
    }

    /// <exception cref="InvalidDataException">The state is of another model.</exception>
    public void Restore(CheckpointReader reader)
    {
        reader.Section(SectionName);
        _version = reader.ReadInt64();
        _versionAtCloses = reader.ReadInt64();
        _closes.LastEndNs = reader.ReadInt64();
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
