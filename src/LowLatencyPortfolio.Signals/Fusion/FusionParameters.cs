using System.Text;
using System.Text.Json;

namespace LowLatencyPortfolio.Signals;

/// <summary>What a fused model has learned, as JSON: readable, and equal to the last bit when it is read.</summary>
internal static class FusionParameters
{
    private const string Options = "options";

    public static string Write(FusionOptions options, IEnumerable<(string Name, double[] Numbers)> learned)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("stateVersion", FusionModel.StateVersion);
            json.WriteStartObject(Options);
            foreach ((string name, double number) in FusionOptions.Names.Zip(options.Numbers()))
            {
                json.WriteNumber(name, number);
            }

            json.WriteEndObject();
            foreach ((string name, double[] numbers) in learned)
            {
                json.WriteStartArray(name);
                foreach (double number in numbers)
                {
                    json.WriteNumberValue(number);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <returns>False, and nothing written, when the text is not of these options and this version.</returns>
    public static bool TryRead(
        string parameters, FusionOptions options, IReadOnlyList<(string Name, double[] Numbers)> learned)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(parameters);
            JsonElement root = document.RootElement;
            JsonElement given = root.GetProperty(Options);
            double[] made = [.. FusionOptions.Names.Select(name => given.GetProperty(name).GetDouble())];
            double[][] read =
                [.. learned.Select(part => root.GetProperty(part.Name).EnumerateArray().Select(Number).ToArray())];
            bool fits = root.GetProperty("stateVersion").GetInt32() == FusionModel.StateVersion
                && made.SequenceEqual(options.Numbers())
                && read.Zip(learned).All(pair => pair.First.Length == pair.Second.Numbers.Length);
            for (int i = 0; fits && i < read.Length; i++)
            {
                read[i].CopyTo(learned[i].Numbers, 0);
            }

            return fits;
        }
        catch (Exception e) when (
            e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static double Number(JsonElement element) => element.GetDouble();
}
