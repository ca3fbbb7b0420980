namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>Reads the messages of one of the venue's protocols.</summary>
/// <remarks>Thread: one. Allocation: none after the longest message. Never throws, whatever the bytes.</remarks>
internal interface IFrameParser
{
    /// <summary>Reads one whole message.</summary>
    /// <param name="text">Its bytes.</param>
    /// <param name="frame">Cleared, then filled: with everything, or with a fault and nothing.</param>
    void Parse(ReadOnlySpan<byte> text, FeedFrame frame);
}
