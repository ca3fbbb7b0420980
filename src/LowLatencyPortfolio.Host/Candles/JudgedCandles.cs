using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Host.Run;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Host.Candles;

/// <summary>The closed candles of recorded data, each judged as if nothing were held.</summary>
/// <remarks>Thread: one. Candles are judged when all of their close are taken in, as a run does.</remarks>
internal sealed class JudgedCandles : IDisposable
{
    private readonly CandleStream _stream;
    private readonly PairSetup[] _pairs;
    private readonly PairSignals[] _signals;
    private readonly ConfirmationGenerator _generator;
    private readonly FusionCloses? _fused;
    private readonly Candle[] _round;
    private readonly Queue<int> _waiting = new();
    private (int Pair, Candle Candle)? _ahead;

    /// <summary>Opens the data.</summary>
    /// <param name="inputs">What to make candles of.</param>
    /// <param name="progress">Told how far it is.</param>
    public JudgedCandles(CandleInputs inputs, RunProgress progress)
    {
        // The judgement needs the newest candle only.
        ConfirmationSettings settings = inputs.Settings with { HistoryCandles = 1 };
        _pairs = inputs.Pairs;
        _signals = [.. _pairs.Select(pair => new PairSignals(pair.Product, settings))];
        _generator = new ConfirmationGenerator(
            settings, _pairs.Select(pair => (pair.Product, pair.Config)), inputs.Fusion);
        _fused = inputs.Fusion.Enabled
            ? new FusionCloses(_pairs.Select(pair => pair.Product), settings.CandleSeconds, inputs.Fusion.Model)
            : null;
        _round = new Candle[_pairs.Length];
        _stream = new CandleStream(inputs, progress);
    }

    /// <summary>Candles so far.</summary>
    public long Count { get; private set; }

    /// <summary>Candles so far that confirm an entry.</summary>
    public long Entries { get; private set; }

    /// <summary>Pairs with a candle whose end the data does not reach, at its end.</summary>
    public int Unfinished => _pairs.Count(pair => _stream.Unfinished(pair.Index).Ticks > 0);

    /// <summary>Takes the next candle.</summary>
    /// <param name="judged">The candle, when true.</param>
    /// <returns>False at the end of the data.</returns>
    public bool TryRead(out JudgedCandle judged)
    {
        if (_waiting.Count == 0)
        {
            ReadRound();
        }

        if (!_waiting.TryDequeue(out int pair))
        {
            judged = default;
            return false;
        }

        judged = Judge(pair);
        Count++;
        Entries += judged.Signal.ShouldEnter ? 1 : 0;
        return true;
    }

    /// <summary>Closes the files.</summary>
    public void Dispose() => _stream.Dispose();

    private (int Pair, Candle Candle)? Next() =>
        _stream.TryRead(out int pair, out Candle candle) ? (pair, candle) : null;

    private void ReadRound()
    {
        if ((_ahead ??= Next()) is not { } first)
        {
            return;
        }

        Array.Clear(_round);
        long openNs = first.Candle.OpenTimeNs;
        for (; _ahead is { } next && next.Candle.OpenTimeNs == openNs; _ahead = Next())
        {
            _round[next.Pair] = next.Candle;
            _signals[next.Pair].OnCandle(in _round[next.Pair]);
            _waiting.Enqueue(next.Pair);
        }

        _fused?.OnClose(openNs + _stream.IntervalNs, _round, _signals);
    }

    private JudgedCandle Judge(int pair)
    {
        ref readonly Candle candle = ref _round[pair];
        PairSignals signals = _signals[pair];
        ProductSpec product = signals.Product;
        DateTimeOffset at = MarketCandle.Of(in candle, product, _stream.IntervalNs).CloseTime;
        double? rise = _fused?.RiseProbability(pair);
        MarketSnapshot snapshot = signals.AddTo(
            new MarketSnapshot { ProductId = product.ProductId, At = at, RiseProbability = rise });
        return new JudgedCandle(
            product, candle, product.PriceOf(candle.Close), signals.Indicators, signals.Votes,
            _pairs[pair].Config.EntryConfirmationLevel, rise, _generator.Judge(product.ProductId, snapshot));
    }
}
