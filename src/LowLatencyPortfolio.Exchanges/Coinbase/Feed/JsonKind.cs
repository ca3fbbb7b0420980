namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>What a JSON value is, by its first character.</summary>
internal enum JsonKind : byte
{
    /// <summary>No value: absent, or not JSON.</summary>
    None = 0,
    Object,
    Array,
    Text,
    Number,
    True,
    False,
    Null,
}
