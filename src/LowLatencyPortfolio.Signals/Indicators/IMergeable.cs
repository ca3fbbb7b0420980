namespace LowLatencyPortfolio.Signals;

/// <summary>A summary of items that two summaries of neighbouring items make up.</summary>
/// <typeparam name="T">The summary itself.</typeparam>
internal interface IMergeable<T>
    where T : struct
{
    /// <summary>The summary of all items of both.</summary>
    static abstract T Merge(in T older, in T newer);
}
