namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>
/// Where a value stands in a message; of a text without its quotes. <c>default</c> is an absent field.
/// </summary>
internal readonly struct JsonPart(int start, int length, JsonKind kind, bool isEscaped = false)
{
    public int Start => start;

    public int Length => length;

    public JsonKind Kind => kind;

    /// <summary>Whether a text has backslashes and must be unescaped before it is compared.</summary>
    public bool IsEscaped => isEscaped;

    public bool IsAbsent => kind == JsonKind.None;
}
