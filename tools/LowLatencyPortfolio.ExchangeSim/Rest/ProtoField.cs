namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>What a request may contain: a scalar, a list, or a message with its own fields.</summary>
internal sealed class ProtoField
{
    private ProtoField(ProtoKind kind, IReadOnlyDictionary<string, ProtoField>? fields = null)
    {
        Kind = kind;
        Fields = fields ?? new Dictionary<string, ProtoField>();
    }

    public static ProtoField Text { get; } = new(ProtoKind.Text);
    public static ProtoField Flag { get; } = new(ProtoKind.Flag);
    public static ProtoField TextList { get; } = new(ProtoKind.TextList);
    public static ProtoField Count { get; } = new(ProtoKind.Count);

    public ProtoKind Kind { get; }

    public IReadOnlyDictionary<string, ProtoField> Fields { get; }

    public static ProtoField Message(params (string Name, ProtoField Field)[] fields) =>
        new(ProtoKind.Message, fields.ToDictionary(f => f.Name, f => f.Field, StringComparer.Ordinal));

    /// <summary>A list of messages that all have the fields of <paramref name="message"/>.</summary>
    public static ProtoField MessageList(ProtoField message) => new(ProtoKind.MessageList, message.Fields);

    /// <summary>Finds a field by its snake_case or its camelCase name.</summary>
    public bool TryFind(string name, out string snakeName, out ProtoField field)
    {
        snakeName = string.Concat(name.Select(c =>
            char.IsAsciiLetterUpper(c) ? $"_{char.ToLowerInvariant(c)}" : $"{c}"));
        return Fields.TryGetValue(snakeName, out field!);
    }
}
