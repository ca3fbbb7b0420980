using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// Walks through candles close by close and lets the fused model, the votes and the base rate judge each pair before
/// the outcome is known.
/// </summary>
internal sealed class FusionRun
{
    private const long NsPerDay = 86_400_000_000_000;
    private const int MovementKinds = 16;
    private readonly CandleFolder _folder;
    private readonly FusionOptions _options;
    private readonly PairSignals[] _signals;
    private readonly PairFeatures[] _features;
    private readonly double[][] _closes;      // by close, then pair; the last price stands where no candle was
    private readonly int[][] _votes;
    private readonly int[][] _movement;

    public FusionRun(CandleFolder folder, FusionOptions options)
    {
        (_folder, _options) = (folder, options);
        _signals = [.. folder.Products.Select(product => new PairSignals(product, new ConfirmationSettings()))];
        _features = new PairFeatures[_signals.Length];
        _closes = [.. folder.Times.Select(_ => new double[_signals.Length])];
        _votes = [.. folder.Times.Select(_ => new int[_signals.Length])];
        _movement = [.. folder.Times.Select(_ => new int[_signals.Length])];
    }

    private readonly List<(int Close, int Pair)> _open = [];

    public List<Forecast> Fused { get; } = [];

    public List<Forecast> Votes { get; } = [];

    /// <summary>Votes that stood at each judgement.</summary>
    public List<int> Standing { get; } = [];

    /// <summary>By the pair's own volatility and nothing else: how much it moves, not where to.</summary>
    public List<Forecast> Movement { get; } = [];

    public List<Forecast> BaseRates { get; } = [];

    public void Walk()
    {
        FusionModel model = new(_signals.Length, _options);
        OutcomeRates byVotes = new(EntryVotes.Most + 1);
        OutcomeRates byMovement = new(MovementKinds);
        double[] probabilities = new double[_signals.Length];
        for (int t = 0; t < _folder.Times.Length; t++)
        {
            TakeCandles(t);
            CountOutcomes(t - _options.HorizonCloses, byVotes, byMovement);
            model.OnClose(_features, probabilities);
            for (int i = 0; i < probabilities.Length; i++)
            {
                if (!double.IsNaN(probabilities[i]) && t + _options.HorizonCloses < _folder.Times.Length)
                {
                    _open.Add((t, i));
                    Fused.Add(Judged(t, probabilities[i]));
                    Votes.Add(Judged(t, byVotes.RateOf(_votes[t][i])));
                    Standing.Add(_votes[t][i]);
                    Movement.Add(Judged(t, byMovement.RateOf(_movement[t][i])));
                    BaseRates.Add(Judged(t, byVotes.BaseRate));
                }
            }
        }

        FillOutcomes(Fused, Votes, Movement, BaseRates);
    }

    private Forecast Judged(int close, double probability) =>
        new(_folder.Times[close] / NsPerDay, probability, Return: double.NaN, Rose: false);

    /// <summary>After the walk, so that nothing of it can have been used on the way.</summary>
    private void FillOutcomes(params List<Forecast>[] forecasters)
    {
        for (int k = 0; k < _open.Count; k++)
        {
            (int close, int pair) = _open[k];
            double made = ReturnAfter(close, pair);
            foreach (List<Forecast> forecasts in forecasters)
            {
                forecasts[k] = forecasts[k] with { Return = made, Rose = made > _options.CostThreshold };
            }
        }
    }

    private void TakeCandles(int t)
    {
        for (int i = 0; i < _signals.Length; i++)
        {
            ref Candle candle = ref _folder.Candles[i][t];
            if (candle.Ticks == 0)
            {
                _features[i] = PairFeatures.Absent;
                _closes[t][i] = t > 0 ? _closes[t - 1][i] : 0;
                continue;
            }

            _signals[i].OnCandle(in candle);
            CandleValues values = CandleValues.Of(in candle, _signals[i].Product);
            _features[i] = PairFeatures.Of(in values, _signals[i].Indicators);
            _closes[t][i] = values.Close;
            _votes[t][i] = _signals[i].Votes.Standing;
            _movement[t][i] = MovementOf(_signals[i].Indicators.Volatility);
        }
    }

    private void CountOutcomes(int close, OutcomeRates byVotes, OutcomeRates byMovement)
    {
        for (int i = 0; i < _signals.Length && close >= 0; i++)
        {
            if (_closes[close][i] > 0)
            {
                bool rose = ReturnAfter(close, i) > _options.CostThreshold;
                byVotes.Add(_votes[close][i], rose);
                byMovement.Add(_movement[close][i], rose);
            }
        }
    }

    private double ReturnAfter(int close, int pair) =>
        (_closes[close + _options.HorizonCloses][pair] / _closes[close][pair]) - 1;

    /// <summary>
    /// Half powers of two of the volatility over a candle, from 0.02 % to 2.6 %; 0 where it is not known.
    /// </summary>
    private static int MovementOf(double? volatility) => volatility is > 0
        ? Math.Clamp(1 + (int)Math.Floor(2 * Math.Log2(volatility.Value / 0.0002)), 1, MovementKinds - 1)
        : 0;
}
