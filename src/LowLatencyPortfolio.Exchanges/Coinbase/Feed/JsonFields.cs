using System.Globalization;

namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>Reads objects field by field, and texts without their escapes.</summary>
/// <remarks>Thread: one. Allocation: none after construction.</remarks>
internal sealed class JsonFields
{
    /// <summary>Longest text with escapes that is looked at; no name, number or time comes near it.</summary>
    public const int MaxEscapedLength = 256;

    private const byte NotAscii = 0xff;     // in no name, number or time: stands for every character beyond ASCII
    private readonly byte[] _scratch = new byte[MaxEscapedLength];

    /// <summary>Reads the known fields of an object and skips the rest. The first of a repeated field stays.</summary>
    /// <param name="json">Before the object; after it when done.</param>
    /// <param name="text">The message.</param>
    /// <param name="names">Which fields.</param>
    /// <param name="parts">One for each name, cleared by the caller.</param>
    /// <returns><see cref="FrameFault.None"/>, or what is wrong with the object as a whole.</returns>
    public FrameFault ReadObject(
        ref JsonScanner json, ReadOnlySpan<byte> text, FieldNames names, scoped Span<JsonPart> parts)
    {
        if (json.Kind() != JsonKind.Object)
        {
            _ = json.Read();
            return FrameFault.WrongType;
        }

        FrameFault fault = FrameFault.None;
        int expected = 0;
        _ = json.Enter();
        while (json.NextField(out JsonPart name))
        {
            int field = names.IndexOf(TextOf(text, name), expected);
            JsonPart value = json.Read();
            if (field < 0)
            {
                continue;
            }

            expected = field + 1;
            if (parts[field].IsAbsent)
            {
                parts[field] = value;
            }
            else
            {
                fault = FrameFault.DuplicateField;
            }
        }

        return fault;
    }

    /// <summary>A text as it is meant; of another value its characters. Valid until the next call.</summary>
    /// <returns>Empty for an absent value and for an escaped text that is too long to be anything known.</returns>
    public ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> text, JsonPart part)
    {
        ReadOnlySpan<byte> raw = text.Slice(part.Start, part.Length);
        return part.IsEscaped ? Unescaped(raw) : raw;
    }

    /// <summary>A count from 0 to 2⁶³−1, digits only, written as a number or as a text.</summary>
    public FrameFault Count(ReadOnlySpan<byte> text, JsonPart part, out long count)
    {
        count = 0;
        if (part.Kind is not (JsonKind.Text or JsonKind.Number))
        {
            return part.IsAbsent ? FrameFault.MissingField : FrameFault.WrongType;
        }

        ReadOnlySpan<byte> digits = TextOf(text, part);
        ulong value = 0;
        foreach (byte character in digits)
        {
            uint digit = character - (uint)'0';
            if (digit > 9 || value > ((ulong)long.MaxValue - digit) / 10)
            {
                return FrameFault.BadNumber;
            }

            value = (value * 10) + digit;
        }

        count = (long)value;
        return digits.IsEmpty ? FrameFault.BadNumber : FrameFault.None;
    }

    private ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> raw)
    {
        if (raw.Length > MaxEscapedLength)
        {
            return default;
        }

        int length = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            byte character = raw[i];
            if (character == '\\')
            {
                character = Meant(raw, ref i);
            }

            _scratch[length++] = character;
        }

        return _scratch.AsSpan(0, length);
    }

    /// <summary>The character that an escape stands for; the position moves to the escape's last character.</summary>
    private static byte Meant(ReadOnlySpan<byte> raw, ref int at)
    {
        at++;
        switch (raw[at])
        {
            case (byte)'b':
                return (byte)'\b';
            case (byte)'f':
                return (byte)'\f';
            case (byte)'n':
                return (byte)'\n';
            case (byte)'r':
                return (byte)'\r';
            case (byte)'t':
                return (byte)'\t';
            case (byte)'u':
                int code = int.Parse(
                    raw.Slice(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                at += 4;
                return code < 0x80 ? (byte)code : NotAscii;
            default:
                return raw[at];
        }
    }
}
