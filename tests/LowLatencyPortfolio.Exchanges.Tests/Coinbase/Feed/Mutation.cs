using System.Text;
using System.Text.Json.Nodes;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Feed;

/// <summary>Changes a message the way a broken, changed or hostile venue might.</summary>
internal static class Mutation
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1e5", "1.5", "[]", "{}", "\"\"", "\"-1\"", "\"1e-8\"", "\"NaN\"",
        "\"1,000\"",
        "\" 1\"", "\"+1\"", "\"0\"", "\"0.000\"", "\".5\"", "\"5.\"", "\"1.2.3\"", "\"0.0000000000000000001\"",
        "\"0.10000000000000000000\"", "\"9223372036854775807\"", "\"9223372036854775808\"", "12345678901234567890123",
        "\"99999999999999999999999999999999\"", "[[1,{\"a\":[]}]]", "\"2026-02-30T00:00:00Z\"", "01", "-", "1.", "tru",
        "\"2026-08-09T21:05:48.1234567891Z\"", "\"2026-08-09T21:05:60Z\"", "\"2026-08-09T21:05:48\"", "\"\\ud800\"",
        "\"update\"", "\"snapshot\"", "\"BTC-USD\"", "\"market_trades\"", "\"\\u0042TC-USD\"", "\"\\x\"", "\"a\tb\"",
        "--1",
    ];

    private static readonly string[] Inserts =
        [" ", "\n", "\t", "\r\n", ",", "\"", "\\", "{", "}", "[", "]", ":", "\0", "é"];

    public static byte[] Of(byte[] message, Random random) => random.Next(40) switch
    {
        0 => message[..random.Next(message.Length)],
        1 => Flip(message, random),
        2 => Insert(message, random.Next(message.Length + 1), Pick(Inserts, random)),
        3 => Remove(message, random),
        4 => Encoding.UTF8.GetBytes(Pick(Values, random)),
        5 or 6 or 7 or 8 => Reorder(message, random),
        9 or 10 or 11 or 12 => Escape(message, random),
        13 or 14 or 15 or 16 => RepeatField(message, random),
        17 or 18 or 19 or 20 => Spread(message, random),
        _ => ReplaceValue(message, random),
    };

    private static string Pick(string[] choices, Random random) => choices[random.Next(choices.Length)];

    private static byte[] Flip(byte[] message, Random random)
    {
        byte[] changed = [.. message];
        changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    private static byte[] Insert(byte[] message, int at, string text) =>
        [.. message[..at], .. Encoding.UTF8.GetBytes(text), .. message[at..]];

    private static byte[] Remove(byte[] message, Random random)
    {
        int at = random.Next(message.Length);
        int count = Math.Min(random.Next(1, 12), message.Length - at);
        return [.. message[..at], .. message[(at + count)..]];
    }

    /// <summary>Puts another value behind a random colon.</summary>
    private static byte[] ReplaceValue(byte[] message, Random random)
    {
        int[] colons = [.. message.Index().Where(pair => pair.Item == ':' && pair.Index > 0
            && message[pair.Index - 1] == '"').Select(pair => pair.Index + 1)];
        if (colons.Length == 0)
        {
            return message;
        }

        int start = colons[random.Next(colons.Length)];
        int end = start;
        bool isText = end < message.Length && message[end] == '"';
        end += isText ? 1 : 0;
        while (end < message.Length && (isText ? message[end] != '"' : message[end] is not ((byte)',' or (byte)'}')))
        {
            end++;
        }

        end = Math.Min(end + (isText ? 1 : 0), message.Length);
        return [.. message[..start], .. Encoding.UTF8.GetBytes(Pick(Values, random)), .. message[end..]];
    }

    private static byte[] Reorder(byte[] message, Random random)
    {
        try
        {
            JsonNode? root = JsonNode.Parse(message);
            Shuffle(root, random);
            return root is null ? message : Encoding.UTF8.GetBytes(root.ToJsonString());
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return message;     // a mutation before this one has repeated a field or broken a text
        }
    }

    private static void Shuffle(JsonNode? node, Random random)
    {
        if (node is JsonArray list)
        {
            foreach (JsonNode? item in list)
            {
                Shuffle(item, random);
            }
        }
        else if (node is JsonObject fields)
        {
            KeyValuePair<string, JsonNode?>[] shuffled = [.. fields];
            random.Shuffle(shuffled);
            fields.Clear();
            foreach ((string name, JsonNode? value) in shuffled)
            {
                fields.Add(name, value);
                Shuffle(value, random);
            }
        }
    }

    /// <summary>Writes a letter or digit as an escape, which is the same text when it stands inside one.</summary>
    private static byte[] Escape(byte[] message, Random random)
    {
        byte[] changed = message;
        for (int n = random.Next(1, 6); n > 0; n--)
        {
            int at = random.Next(changed.Length);
            if (char.IsAsciiLetterOrDigit((char)changed[at]))
            {
                string escape = $"\\u{(int)changed[at]:X4}";
                changed = [.. changed[..at], .. Encoding.UTF8.GetBytes(escape), .. changed[(at + 1)..]];
            }
        }

        return changed;
    }

    /// <summary>Copies a field or item beside itself, from one comma to the next.</summary>
    private static byte[] RepeatField(byte[] message, Random random)
    {
        int[] commas = [.. message.Index().Where(pair => pair.Item == ',').Select(pair => pair.Index)];
        if (commas.Length < 2)
        {
            return message;
        }

        int first = random.Next(commas.Length - 1);
        return [.. message[..commas[first]], .. message[commas[first]..commas[first + 1]], .. message[commas[first]..]];
    }

    private static byte[] Spread(byte[] message, Random random)
    {
        byte[] changed = message;
        for (int n = random.Next(1, 8); n > 0; n--)
        {
            int at = random.Next(changed.Length);
            if (changed[at] is (byte)',' or (byte)':' or (byte)'{' or (byte)'}' or (byte)'[' or (byte)']')
            {
                changed = Insert(changed, at + random.Next(2), Pick([" ", "\n", "\t", "\r\n"], random));
            }
        }

        return changed;
    }
}
