using System.Text;
using System.Text.Json;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Feed;

/// <summary>How <see cref="PlainReader"/> asks a document for fields, and notes what is wrong with them.</summary>
internal abstract class PlainFields(PairSetup[] pairs)
{
    protected Reading Result { get; set; } = new();

    protected PairSetup[] Pairs => pairs;

    protected JsonElement?[] Fields(JsonElement item, string[] names)
    {
        JsonElement?[] fields = new JsonElement?[names.Length];
        foreach (JsonProperty property in item.EnumerateObject())
        {
            int index = Array.FindIndex(names, name => Is(property, name));
            if (index >= 0)
            {
                Fail(fields[index] is null ? FrameFault.None : FrameFault.DuplicateField);
                fields[index] ??= property.Value;
            }
        }

        return fields;
    }

    protected void Fail(FrameFault fault)
    {
        if (fault != FrameFault.None && (Result.Fault == FrameFault.None || fault < Result.Fault))
        {
            Result.Fault = fault;
        }
    }

    protected bool Required(JsonElement? value)
    {
        bool isText = value is { ValueKind: JsonValueKind.String };
        Fail(isText ? FrameFault.None : value is null ? FrameFault.MissingField : FrameFault.WrongType);
        return isText;
    }

    protected bool IsList(JsonElement? value)
    {
        bool isList = value is { ValueKind: JsonValueKind.Array };
        Fail(isList ? FrameFault.None : value is null ? FrameFault.MissingField : FrameFault.WrongType);
        return isList;
    }

    protected long? Count(JsonElement? value)
    {
        bool isNumber = value is { ValueKind: JsonValueKind.Number };
        if (!isNumber && !Required(value))
        {
            return null;
        }

        string digits = isNumber ? value!.Value.GetRawText() : Text(value);
        bool isPlain = digits.Length > 0 && digits.All(char.IsAsciiDigit);
        bool fits = isPlain && System.Numerics.BigInteger.Parse(digits, null) <= long.MaxValue;
        Fail(fits ? FrameFault.None : FrameFault.BadNumber);
        return fits ? (long)System.Numerics.BigInteger.Parse(digits, null) : null;
    }

    protected long Units(JsonElement? value, int decimals, ref RowFlaw flaw)
    {
        string text = Text(value);
        string[] halves = text.Split('.');
        if (halves.Length > 2 || halves.Any(half => half.Length == 0 || !half.All(char.IsAsciiDigit)))
        {
            Fail(FrameFault.BadNumber);
            return 0;
        }

        string fraction = halves.Length == 2 ? halves[1].TrimEnd('0') : "";
        if (fraction.Length > decimals)
        {
            flaw = flaw == RowFlaw.None ? RowFlaw.OffUnit : flaw;
            return 0;
        }

        var units = System.Numerics.BigInteger.Parse(halves[0] + fraction.PadRight(decimals, '0'), null);
        if (units > long.MaxValue)
        {
            flaw = flaw == RowFlaw.None ? RowFlaw.OffUnit : flaw;
            return 0;
        }

        flaw = units.IsZero ? RowFlaw.Zero : flaw;
        return (long)units;
    }

    protected long Time(JsonElement? value)
    {
        bool isTime = UtcTimeText.TryParse(Encoding.UTF8.GetBytes(Text(value)), out long timeNs);
        Fail(isTime ? FrameFault.None : FrameFault.BadTime);
        return timeNs;
    }

    protected int IndexOf(JsonElement? product) => Array.FindIndex(pairs, pair => pair.ProductId == Text(product));

    // A text that is no Unicode is none that we know; the document throws only when it is asked for it.
    protected static string Text(JsonElement? value)
    {
        try
        {
            return value!.Value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    protected static bool Is(JsonProperty property, string name)
    {
        try
        {
            return property.Name == name;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The characters between the quotes, as they stand.</summary>
    protected static string Raw(JsonElement? value)
    {
        string text = value is null ? "" : Encoding.Latin1.GetString(JsonMarshalled(value.Value));
        return value is { ValueKind: JsonValueKind.String } ? text[1..^1] : text;
    }

    private static byte[] JsonMarshalled(JsonElement value) =>
        System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(value).ToArray();
}
