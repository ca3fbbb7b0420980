namespace LowLatencyPortfolio.Signals;

/// <summary>Judges one pair at one moment: whether to enter, how sure, and at what price.</summary>
/// <remarks>
/// Thread: called for several pairs at once; an implementation that keeps state guards it. A call that is late or
/// throws costs its own pair this round and nothing else.
/// </remarks>
public interface ISignalGenerator
{
    /// <summary>Judges a pair.</summary>
    /// <param name="productId">The pair's product.</param>
    /// <param name="snapshot">How the pair stands.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the answer any more.</param>
    /// <returns>The judgement, of the same product.</returns>
    ValueTask<EntrySignal> GenerateAsync(
        string productId, MarketSnapshot snapshot, CancellationToken cancellationToken);
}
