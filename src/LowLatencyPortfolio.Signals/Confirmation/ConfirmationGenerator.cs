using System.Globalization;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Signals;

/// <summary>
/// The built-in judgement: enter while at least <see cref="PairConfig.EntryConfirmationLevel"/> of the three votes
/// stand, nothing is held and no stop works, with a limit by <see cref="ConfirmationSettings.EntryPrice"/>. Where the
/// fused model is on, its probability decides too, or instead of the votes, and is the confidence.
/// </summary>
/// <remarks>
/// Thread: any; it keeps no state, all it judges by is in the snapshot. It asks for no quantity: the pair's configured
/// size is taken.
/// </remarks>
public sealed class ConfirmationGenerator : ISignalGenerator
{
    private readonly ConfirmationSettings _settings;
    private readonly FusionSettings? _fusion;
    private readonly Dictionary<string, (ProductSpec Product, int Level)> _pairs;

    /// <summary>Makes a generator for some pairs.</summary>
    /// <param name="settings">Price policy and window.</param>
    /// <param name="pairs">The pairs it will be asked about.</param>
    /// <param name="fusion">What the fused model has to say; null, or not enabled, asks the votes alone.</param>
    /// <exception cref="ConfigurationException">The settings have faults; the message names all of them.</exception>
    public ConfirmationGenerator(
        ConfirmationSettings settings, IEnumerable<(ProductSpec Product, PairConfig Config)> pairs,
        FusionSettings? fusion = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(pairs);
        settings.ThrowIfFaulty();
        if (fusion?.Check() is { Count: > 0 } faults)
        {
            throw new ConfigurationException(faults);
        }

        _settings = settings;
        _fusion = fusion is { Enabled: true } ? fusion : null;
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

        (bool enters, decimal confidence, string standing) = Standing(votes, pair.Level, snapshot.RiseProbability);
        if (!enters)
        {
            return Refusal(productId, confidence, standing);
        }

        if (snapshot is { Held: > 0m } or { StopTrigger: not null } or { IsExiting: true })
        {
            return Refusal(productId, confidence, $"{standing}; held already");
        }

        decimal? limit = EntryPricing.LimitFor(_settings, pair.Product, newest.Close, snapshot.Indicators?.Atr);
        return limit is null
            ? Refusal(productId, confidence, $"{standing}; no limit price can be found yet")
            : new EntrySignal
            {
                ProductId = productId,
                ShouldEnter = true,
                Confidence = confidence,
                LimitPrice = limit,
                Reason = standing,
            };
    }

    private (bool Enters, decimal Confidence, string Text) Standing(EntryVotes votes, int level, double? rise)
    {
        bool confirmed = votes.Standing >= level;
        string standing = string.Create(
            CultureInfo.InvariantCulture,
            $"{votes.Standing} of {EntryVotes.Most} votes ({votes}), {level} needed");
        if (_fusion is null)
        {
            return (confirmed, votes.Confidence, standing);
        }

        // Without a probability the model's word is missing, and a missing word refuses.
        decimal probability = rise is { } said ? decimal.Round((decimal)said, 6) : 0m;
        string judged = rise is null ? "the fused model says nothing yet" : string.Create(
            CultureInfo.InvariantCulture,
            $"rise of {_fusion.Model.CostThreshold:0.##%} within {_fusion.Model.HorizonCloses} candles: "
            + $"{probability:0.0##%}, {_fusion.MinProbability:0.0##%} needed");
        bool isLikely = rise is not null && probability >= _fusion.MinProbability;
        return _fusion.RequireVotes
            ? (confirmed && isLikely, probability, $"{standing}; {judged}")
            : (isLikely, probability, judged);
    }

    private static EntrySignal Refusal(string productId, decimal confidence, string reason) =>
        new() { ProductId = productId, Confidence = confidence, Reason = reason };
}
