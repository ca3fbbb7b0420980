namespace LowLatencyPortfolio.Signals;

/// <summary>The order in which entries of one candle's close are reviewed: the surest first, then by product id.</summary>
/// <remarks>Thread: any. Product ids are compared ordinally.</remarks>
public sealed class EntryPriority : IComparer<EntrySignal>
{
    /// <summary>The order.</summary>
    public static EntryPriority Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(EntrySignal? x, EntrySignal? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        int byConfidence = y.Confidence.CompareTo(x.Confidence);
        return byConfidence != 0 ? byConfidence : string.CompareOrdinal(x.ProductId, y.ProductId);
    }
}
