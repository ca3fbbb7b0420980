namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>A body that was read strictly: its fields under their snake_case names.</summary>
internal sealed class ProtoMessage
{
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _values.Keys;

    public string? Text(string name) => _values.GetValueOrDefault(name) as string;

    public bool Flag(string name) => _values.GetValueOrDefault(name) is true;

    public IReadOnlyList<string> TextList(string name) => _values.GetValueOrDefault(name) as List<string> ?? [];

    public IReadOnlyList<ProtoMessage> MessageList(string name) =>
        _values.GetValueOrDefault(name) as List<ProtoMessage> ?? [];

    /// <summary>Null when absent.</summary>
    public long? Count(string name) => _values.GetValueOrDefault(name) as long?;

    public ProtoMessage? Message(string name) => _values.GetValueOrDefault(name) as ProtoMessage;

    public bool TryAdd(string name, object value) => _values.TryAdd(name, value);
}
