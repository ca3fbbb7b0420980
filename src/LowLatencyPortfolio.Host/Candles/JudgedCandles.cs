using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Host.Run;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Host.Candles;

/// <summary>The closed candles of recorded data, each judged as if nothing were held.</summary>
/// <remarks>Thread: one.</remarks>
internal sealed class JudgedCandles : IDisposable
{
    private readonly CandleStream _stream;
    private readonly PairSetup[] _pairs;
    private readonly PairSignals[] _signals;
    private readonly ConfirmationGenerator _generator;

    /// <summary>Opens the data.</summary>
    /// <param name="inputs">What to make candles of.</param>
    /// <param name="progress">Told how far it is.</param>
    public JudgedCandles(CandleInputs inputs, RunProgress progress)
    {
        // The judgement needs the newest candle only.
        ConfirmationSettings settings = inputs.Settings with { HistoryCandles = 1 };
        _pairs = inputs.Pairs;
        _signals = [.. _pairs.Select(pair => new PairSignals(pair.Product, settings))];
        _generator = new ConfirmationGenerator(settings, _pairs.Select(pair => (pair.Product, pair.Config)));
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
        if (!_stream.TryRead(out int pair, out Candle candle))
        {
            judged = default;
            return false;
        }

        PairSignals signals = _signals[pair];
        signals.OnCandle(in candle);
        ProductSpec product = signals.Product;
        DateTimeOffset at = MarketCandle.Of(in candle, product, _stream.IntervalNs).CloseTime;
        MarketSnapshot snapshot = signals.AddTo(new MarketSnapshot { ProductId = product.ProductId, At = at });
        EntrySignal signal = _generator.Judge(product.ProductId, snapshot);
        Count++;
        Entries += signal.ShouldEnter ? 1 : 0;
        judged = new JudgedCandle(
            product, candle, product.PriceOf(candle.Close), signals.Indicators, signals.Votes,
            _pairs[pair].Config.EntryConfirmationLevel, signal);
        return true;
    }

    /// <summary>Closes the files.</summary>
    public void Dispose() => _stream.Dispose();
}
