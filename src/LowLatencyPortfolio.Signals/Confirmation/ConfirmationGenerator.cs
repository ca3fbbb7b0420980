using System.Globalization;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Signals;

/// <summary>
/// The built-in judgement: enter while at least <see cref="PairConfig.EntryConfirmationLevel"/> of the three votes
/// stand, nothing is held and no stop works, with a limit by <see cref="ConfirmationSettings.EntryPrice"/>.
/// </summary>
/// <remarks>
/// Thread: any; it keeps no state, all it judges by is in the snapshot. It asks for no quantity: the pair's configured
/// size is taken.
/// </remarks>
public sealed class ConfirmationGenerator : ISignalGenerator
{
    private readonly ConfirmationSettings _settings;
    private readonly Dictionary<string, (ProductSpec Product, int Level)> _pairs;

    /// <summary>Makes a generator for some pairs.</summary>
    /// <param name="settings">Price policy and window.</param>
    /// <param name="pairs">The pairs it will be asked about.</param>
    /// <exception cref="ConfigurationException">The settings have faults; the message names all of them.</exception>
    public ConfirmationGenerator(
        ConfirmationSettings settings, IEnumerable<(ProductSpec Product, PairConfig Config)> pairs)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(pairs);
        settings.ThrowIfFaulty();
        _settings = settings;
        _pairs = pairs.ToDictionary(
            pair => pair.Product.ProductId,
            pair => (pair.Product, pair.Config.EntryConfirmationLevel),
            StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The product is not one of the pairs.</exception>
    public ValueTask<EntrySignal> GenerateAsync(
        string productId, MarketSnapshot snapshot, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Judge(productId, snapshot));

    /// <summary>Judges a pair at once.</summary>
    /// <param name="productId">The pair's product.</param>
    /// <param name="snapshot">How the pair stands after its newest candle.</param>
    /// <returns>To enter or not, and why, in words.</returns>
    /// <exception cref="ArgumentException">The product is not one of the pairs.</exception>
    public EntrySignal Judge(string productId, MarketSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (!_pairs.TryGetValue(productId, out (ProductSpec Product, int Level) pair))
        {
            throw new ArgumentException($"product {productId} is not one of the pairs", nameof(productId));
        }

        if (snapshot is not { Votes: { } votes, Candles: [.., { } newest] })
        {
            return Refusal(productId, 0m, "no candle has closed yet");
        }

        string standing = string.Create(
            CultureInfo.InvariantCulture,
            $"{votes.Standing} of {EntryVotes.Most} votes ({votes}), {pair.Level} needed");
        if (votes.Standing < pair.Level)
        {
            return Refusal(productId, votes.Confidence, standing);
        }

        if (snapshot is { Held: > 0m } or { StopTrigger: not null } or { IsExiting: true })
        {
            return Refusal(productId, votes.Confidence, $"{standing}; held already");
        }

        decimal? limit = EntryPricing.LimitFor(_settings, pair.Product, newest.Close, snapshot.Indicators?.Atr);
        return limit is null
            ? Refusal(productId, votes.Confidence, $"{standing}; no limit price can be found yet")
            : new EntrySignal
            {
                ProductId = productId,
                ShouldEnter = true,
                Confidence = votes.Confidence,
                LimitPrice = limit,
                Reason = standing,
            };
    }

    private static EntrySignal Refusal(string productId, decimal confidence, string reason) =>
        new() { ProductId = productId, Confidence = confidence, Reason = reason };
}
