using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Keeps correlations and measured groups up to date, close by close, and says which pairs the risk gate has to be told
/// of.
/// </summary>
/// <remarks>
/// Thread: one round at a time, that of the signals. The gate's groups are the truth about what it was told: at a start
/// they are asked for (<see cref="Follow"/>), so that a change that never reached it is told at the next close.
/// </remarks>
internal sealed class CorrelationDesk
{
    private const string SectionName = "correlation-1";
    private const double SecondsADay = 86_400;

    private readonly string[] _products;
    private readonly CorrelationEstimator _estimator;
    private readonly RiskGroups _groups;
    private readonly ReturnHistory _history;
    private readonly int _candleSeconds;
    private readonly double[] _closes;
    private readonly double[] _values;
    private readonly int[] _told;
    private readonly List<GroupChange> _news;
    private readonly byte[] _state;
    private long _closedAtNs;
    private long _changes;
    private long _writtenCloses;

    public CorrelationDesk(PairSetup[] pairs, CorrelationOptions options, int candleSeconds)
    {
        _products = [.. pairs.Select(pair => pair.ProductId)];
        _estimator = new CorrelationEstimator(pairs.Length, options);
        _groups = new RiskGroups(_products, options);
        _history = new ReturnHistory(pairs.Length, options.HistoryCloses);
        _candleSeconds = candleSeconds;
        _closes = new double[pairs.Length];
        _values = new double[pairs.Length];
        _told = [.. Enumerable.Range(0, pairs.Length)];
        _news = new List<GroupChange>(pairs.Length);
        _state = new byte[Math.Max(_estimator.StateBytes, Math.Max(_groups.StateBytes, _history.StateBytes))];
    }

    /// <summary>Begins with what the risk gate goes by; before the first round.</summary>
    /// <param name="gate">By pair: index of the pair that its group is named after.</param>
    public void Follow(ReadOnlySpan<int> gate)
    {
        gate.CopyTo(_told);
        if (_estimator.Closes == 0)
        {
            _groups.Begin(gate);
        }
    }

    /// <summary>Takes the candles of a round in.</summary>
    /// <returns>What the gate has to be told, by pair; valid until the next round.</returns>
    public List<GroupChange> Learn(CandleRound round)
    {
        long intervalNs = _candleSeconds * EventTime.Second;
        long beganNs = round.EndNs - intervalNs;
        if (_closedAtNs != 0 && beganNs > _closedAtNs)
        {
            _estimator.Skip((beganNs - _closedAtNs) / intervalNs);
        }

        for (int i = 0; i < _closes.Length; i++)
        {
            // A candle of an earlier interval that comes with this one is no return of this one's length.
            ref readonly Candle candle = ref round.Candles[i];
            bool hasClosed = candle.Ticks != 0 && candle.OpenTimeNs == beganNs;
            _closes[i] = hasClosed ? candle.Close : double.NaN;
        }

        _estimator.Update(_closes);
        _history.Add(_estimator.LastReturns);
        _ = _groups.Update(_estimator);
        _closedAtNs = round.EndNs;
        return News();
    }

    /// <summary>What the positions risk, by the newest close.</summary>
    /// <param name="positions">By pair.</param>
    /// <param name="equity">Of the portfolio, quote.</param>
    public RiskReadings Measure(ReadOnlySpan<HeldRisk> positions, decimal equity)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            _values[i] = (double)(positions[i].Quantity * positions[i].Mark);
        }

        double horizonCloses = SecondsADay / _candleSeconds;
        PortfolioRisk risk = PortfolioRisk.Measure(_estimator, _values, RiskReadings.Confidence, horizonCloses);
        PortfolioHeat heat = PortfolioHeat.Of(positions);
        return new RiskReadings
        {
            ClosedAtNs = _closedAtNs,
            Closes = _estimator.Closes,
            MeasuredPairs = _estimator.AreMeasured.Count(true),
            MeanCorrelation = _estimator.MeanCorrelation,
            GroupChanges = _changes,
            Groups = GroupsNow(),
            Heat = heat,
            HeatPct = heat.PctOf(equity),
            ValueAtRisk = risk.IsUnknown ? null : risk.ValueAtRisk,
            HistoricalValueAtRisk =
                _history.ValueAtRisk(_values, RiskReadings.Confidence) * Math.Sqrt(horizonCloses),
            EffectiveBets = risk.IsUnknown ? null : risk.EffectiveBets,
            UnmeasuredValue = risk.UnmeasuredValue,
        };
    }

    /// <summary>The newest correlations as rows; null when they were asked for already, or there are none.</summary>
    public CorrelationRows? NewRows()
    {
        if (_estimator.Closes == _writtenCloses)
        {
            return null;
        }

        _writtenCloses = _estimator.Closes;
        return new CorrelationRows
        {
            ClosedAtNs = _closedAtNs,
            CandleSeconds = _candleSeconds,
            Closes = _estimator.Closes,
            EffectiveCloses = _estimator.EffectiveCloses,
            MeanCorrelation = _estimator.MeanCorrelation,
            Shrinkage = _estimator.ShrinkageIntensity,
            ProductIds = _products,
            AreMeasured = [.. _estimator.AreMeasured],
            Volatilities = [.. _estimator.Volatilities],
            Correlations = [.. _estimator.Correlations],
        };
    }

    public void Save(CheckpointWriter writer)
    {
        writer.Section(SectionName);
        writer.Write(_closedAtNs);
        writer.Write(_changes);
        Span<byte> state = _state;
        _estimator.Save(state[.._estimator.StateBytes]);
        writer.Write(state[.._estimator.StateBytes]);
        _groups.Save(state[.._groups.StateBytes]);
        writer.Write(state[.._groups.StateBytes]);
        _history.Save(state[.._history.StateBytes]);
        writer.Write(state[.._history.StateBytes]);
    }

    /// <exception cref="InvalidDataException">The state is of other settings.</exception>
    public void Restore(CheckpointReader reader)
    {
        reader.Section(SectionName);
        _closedAtNs = reader.ReadInt64();
        _changes = reader.ReadInt64();
        _estimator.Restore(reader.ReadBytes());
        _groups.Restore(reader.ReadBytes());
        _history.Restore(reader.ReadBytes());
    }

    private List<GroupChange> News()
    {
        _news.Clear();
        ReadOnlySpan<int> groups = _groups.Groups;
        for (int i = 0; i < groups.Length; i++)
        {
            if (groups[i] != _told[i])
            {
                _news.Add(new GroupChange(i, _told[i], groups[i]));
                _told[i] = groups[i];
            }
        }

        _changes += _news.Count;
        return _news;
    }

    private string[][] GroupsNow()
    {
        int[] groups = _groups.Groups.ToArray();
        return [.. Enumerable.Range(0, groups.Length)
            .GroupBy(pair => groups[pair], pair => _products[pair])
            .Where(group => group.Count() > 1)
            .Select(group => group.Order(StringComparer.Ordinal).ToArray())
            .OrderBy(group => group[0], StringComparer.Ordinal)];
    }
}
