using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Signals;

/// <summary>Shows a fused model the candles of all pairs, close by close, and keeps what it said at the last.</summary>
/// <remarks>Thread: one close at a time. Whoever shows the same candles hears the same, to the last bit.</remarks>
public sealed class FusionCloses
{
    private const long NsPerSecond = 1_000_000_000;

    private readonly ProductSpec[] _products;
    private readonly PairFeatures[] _features;
    private readonly double[] _said;
    private readonly long _intervalNs;

    /// <summary>Starts with a model without any experience.</summary>
    /// <param name="products">By pair index, at least one.</param>
    /// <param name="candleSeconds">Length of a candle, at least 1.</param>
    /// <param name="options">What to predict and how to learn.</param>
    /// <exception cref="ConfigurationException">The options have faults; all are named.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No product, or candles of no length.</exception>
    public FusionCloses(IEnumerable<ProductSpec> products, int candleSeconds, FusionOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(candleSeconds, 1);
        _products = [.. products];
        Model = new FusionModel(_products.Length, options);
        _features = new PairFeatures[_products.Length];
        _said = new double[_products.Length];
        Array.Fill(_said, double.NaN);
        _intervalNs = candleSeconds * NsPerSecond;
    }

    /// <summary>The model; its state is kept by whoever owns this.</summary>
    public FusionModel Model { get; }

    /// <summary>
    /// Where the candles of the last close ended, ns UTC; 0 before the first. Set only together with the model's state.
    /// </summary>
    public long LastEndNs { get; set; }

    /// <summary>Learns what a close says of earlier ones, and judges the pairs after it.</summary>
    /// <param name="endNs">Where the candles end, ns UTC, later than the last; closes between were not seen.</param>
    /// <param name="candles">By pair index; 0 ticks where none closed.</param>
    /// <param name="signals">By pair index; the candles are taken in already.</param>
    /// <exception cref="ArgumentException">Not one of each a pair.</exception>
    public void OnClose(long endNs, ReadOnlySpan<Candle> candles, ReadOnlySpan<PairSignals> signals)
    {
        if (candles.Length != _products.Length || signals.Length != _products.Length)
        {
            throw new ArgumentException(
                $"{candles.Length} candles, {signals.Length} signals of {_products.Length} pairs");
        }

        if (LastEndNs != 0 && endNs > LastEndNs + _intervalNs)
        {
            Model.Skip(((endNs - LastEndNs) / _intervalNs) - 1);
        }

        LastEndNs = endNs;
        for (int i = 0; i < _products.Length; i++)
        {
            ref readonly Candle candle = ref candles[i];
            _features[i] = candle.Ticks == 0
                ? PairFeatures.Absent
                : PairFeatures.Of(CandleValues.Of(in candle, _products[i]), signals[i].Indicators);
        }

        Model.OnClose(_features, _said);
    }

    /// <summary>What the model said of a pair at the last close.</summary>
    /// <param name="pair">Index of the pair.</param>
    /// <returns>Probability of a rise, 0 to 1; null where it said nothing.</returns>
    public double? RiseProbability(int pair) => double.IsNaN(_said[pair]) ? null : _said[pair];
}
