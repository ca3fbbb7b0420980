using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>
/// Reads JSON as strictly as the venue does: an unknown field, a value of the wrong type or a repeated field refuses
/// the whole request, and the message names the place. A null is an absent field.
/// </summary>
internal static class ProtoReader
{
    /// <exception cref="ProtoException">The body is not JSON or does not fit the schema.</exception>
    public static ProtoMessage Read(ReadOnlySpan<byte> body, ProtoField schema)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 16 });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw SyntaxFault(body, reader.TokenStartIndex, "unexpected token");
            var message = ReadMessage(ref reader, body, schema);
            while (reader.Read())
                throw SyntaxFault(body, reader.TokenStartIndex, "unexpected token");
            return message;
        }
        catch (JsonException fault)
        {
            long line = (fault.LineNumber ?? 0) + 1;
            long column = (fault.BytePositionInLine ?? 0) + 1;
            throw new ProtoException($"proto: syntax error (line {line}:{column}): invalid value");
        }
    }

    private static ProtoMessage ReadMessage(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, ProtoField schema)
    {
        var message = new ProtoMessage();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = ReadText(ref reader, body);
            string place = Place(body, reader.TokenStartIndex);
            if (!schema.TryFind(name, out string snakeName, out var field))
                throw new ProtoException($"proto: ({place}): unknown field \"{name}\"");
            reader.Read();
            if (ReadValue(ref reader, body, field) is { } value && !message.TryAdd(snakeName, value))
                throw new ProtoException($"proto: ({place}): duplicate field \"{name}\"");
        }

        return message;
    }

    private static object? ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> body, ProtoField field)
    {
        switch (reader.TokenType, field.Kind)
        {
            case (JsonTokenType.Null, _):
                return null;
            case (JsonTokenType.String, ProtoKind.Text):
                return ReadText(ref reader, body);
            case (JsonTokenType.Number, ProtoKind.Count) when reader.TryGetInt64(out long count):
                return count;
            case (JsonTokenType.String, ProtoKind.Count) when TryCount(ReadText(ref reader, body), out long count):
                return count;
            case (JsonTokenType.True or JsonTokenType.False, ProtoKind.Flag):
                return reader.TokenType == JsonTokenType.True;
            case (JsonTokenType.StartObject, ProtoKind.Message):
                return ReadMessage(ref reader, body, field);
            case (JsonTokenType.StartArray, ProtoKind.TextList):
                return ReadList(ref reader, body);
            case (JsonTokenType.StartArray, ProtoKind.MessageList):
                return ReadMessages(ref reader, body, field);
            default:
                throw TypeFault(body, reader.TokenStartIndex, TypeName(field.Kind));
        }
    }

    private static List<string> ReadList(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        var list = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.String)
                throw TypeFault(body, reader.TokenStartIndex, "string");
            list.Add(ReadText(ref reader, body));
        }

        return list;
    }

    private static List<ProtoMessage> ReadMessages(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> body, ProtoField schema)
    {
        var list = new List<ProtoMessage>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw TypeFault(body, reader.TokenStartIndex, "message");
            list.Add(ReadMessage(ref reader, body, schema));
        }

        return list;
    }

    private static bool TryCount(string text, out long count) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out count);

    private static string ReadText(ref Utf8JsonReader reader, ReadOnlySpan<byte> body)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate or bytes that are not UTF-8.
            throw SyntaxFault(body, reader.TokenStartIndex, "invalid UTF-8 in string");
        }
    }

    private static string TypeName(ProtoKind kind) => kind switch
    {
        ProtoKind.Flag => "bool",
        ProtoKind.Text => "string",
        ProtoKind.Count => "int64",
        _ => "message",
    };

    private static ProtoException SyntaxFault(ReadOnlySpan<byte> body, long index, string what) =>
        new($"proto: syntax error ({Place(body, index)}): {what}");

    private static ProtoException TypeFault(ReadOnlySpan<byte> body, long index, string type) =>
        new($"proto: ({Place(body, index)}): invalid value for {type} type");

    private static string Place(ReadOnlySpan<byte> body, long index)
    {
        var before = body[..(int)Math.Min(index, body.Length)];
        int line = before.Count((byte)'\n') + 1;
        int lineStart = before.LastIndexOf((byte)'\n') + 1;
        int column = Encoding.UTF8.GetCharCount(before[lineStart..]) + 1;
        return FormattableString.Invariant($"line {line}:{column}");
    }
}
