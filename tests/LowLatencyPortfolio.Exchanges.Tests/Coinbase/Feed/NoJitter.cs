namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Feed;

/// <summary>
/// Always draws the shortest wait, so that a test does not wait and a still clock does not stop a feed.
/// </summary>
internal sealed class NoJitter : Random
{
    public override long NextInt64(long maxValue) => 0;
}
