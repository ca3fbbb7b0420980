using System.Text;
using System.Text.Json;

namespace LowLatencyPortfolio.Host.Configuration;

/// <summary>Parses JSON text; a fault of its grammar becomes one line with line and column.</summary>
internal static class JsonText
{
    /// <summary>Parses strict JSON: no comments, no comma before a closing bracket.</summary>
    /// <param name="file">Name of the file in the fault line.</param>
    /// <param name="text">The whole file.</param>
    /// <param name="faults">Takes the line when the text is not JSON.</param>
    /// <returns>The document; null after a fault.</returns>
    public static JsonDocument? Parse(string file, string text, FaultLines faults)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException e)
        {
            int at = Offset(bytes, e.LineNumber ?? 0, e.BytePositionInLine ?? 0);
            int lineStart = bytes.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
            int column = Encoding.UTF8.GetCharCount(bytes, lineStart, at - lineStart) + 1;
            faults.Add($"{file}:{(e.LineNumber ?? 0) + 1}:{column}", What(bytes, at, e));
            return null;
        }
    }

    private static string What(byte[] bytes, int at, JsonException e)
    {
        if (bytes.AsSpan().Trim(" \t\r\n"u8).IsEmpty)
        {
            return "the file is empty; allowed: a JSON object";
        }

        if (at < bytes.Length && bytes[at] == (byte)'/')
        {
            return "comments are not allowed in JSON";
        }

        if (at < bytes.Length && bytes[at] is (byte)'}' or (byte)']'
            && bytes.AsSpan(0, at).TrimEnd(" \t\r\n"u8).EndsWith(","u8))
        {
            return $"a comma before {(char)bytes[at]} is not allowed in JSON";
        }

        // The message repeats the position in its own count from 0; the place in front says it already.
        int position = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return "not JSON: " + (position < 0 ? e.Message : e.Message[..position]);
    }

    private static int Offset(byte[] bytes, long line, long column)
    {
        int start = 0;
        for (long i = 0; i < line; i++)
        {
            int end = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (end < 0)
            {
                break;
            }

            start += end + 1;
        }

        return (int)Math.Min(bytes.Length, start + column);
    }
}
