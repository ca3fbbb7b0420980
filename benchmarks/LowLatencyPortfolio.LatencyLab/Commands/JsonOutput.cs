using System.Text.Json;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>Writes one JSON object where the user wants it.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <param name="target">A file, <c>-</c> for the standard output, null for nowhere.</param>
    /// <param name="write">Writes the members.</param>
    public static void Write(string? target, Action<Utf8JsonWriter> write)
    {
        if (target is null)
        {
            return;
        }

        using Stream stream = target == "-" ? Console.OpenStandardOutput() : File.Create(target);
        using (Utf8JsonWriter writer = new(stream, Indented))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        stream.Write("\n"u8);
    }
}
