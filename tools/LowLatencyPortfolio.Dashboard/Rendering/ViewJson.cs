using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LowLatencyPortfolio.Host.Report;

namespace LowLatencyPortfolio.Dashboard.Rendering;

/// <summary>
/// Views as JSON: decimals as strings with every digit, so that no reader rounds them; enums as the database writes
/// them.
/// </summary>
internal static class ViewJson
{
    private static readonly JsonSerializerOptions Indented = Options(indented: true);
    private static readonly JsonSerializerOptions OneLine = Options(indented: false);

    /// <summary>One object over several lines, ending with a line feed.</summary>
    public static string Text(View view) => JsonSerializer.Serialize(view.Json, Indented) + "\n";

    /// <summary>One object on one line, ending with a line feed.</summary>
    public static string Line(View view) => JsonSerializer.Serialize(view.Json, OneLine) + "\n";

    private static JsonSerializerOptions Options(bool indented) => new()
    {
        WriteIndented = indented,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,      // a file, not a web page
        Converters = { new DecimalAsText(), new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
    };

    private sealed class DecimalAsText : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("views are only written");

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteStringValue(ResultJson.DecimalText(value));
    }
}
