using System.Text.Json;

namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>
/// Compares the form of two JSON values: the same names in the same order and the same kinds. Samples of the venue are
/// data, so their values count nothing; a null in the sample is any kind.
/// </summary>
internal static class JsonShape
{
    public static void AssertSame(string sample, JsonElement actual) =>
        Compare(JsonDocument.Parse(sample).RootElement, actual, "$");

    private static void Compare(JsonElement sample, JsonElement actual, string path)
    {
        if (sample.ValueKind == JsonValueKind.Null)
            return;
        Assert.True(Kind(sample) == Kind(actual), $"{path}: {actual.ValueKind} instead of {sample.ValueKind}");
        if (sample.ValueKind == JsonValueKind.Object)
        {
            Assert.Equal(
                sample.EnumerateObject().Select(field => $"{path}.{field.Name}"),
                actual.EnumerateObject().Select(field => $"{path}.{field.Name}"));
            foreach (var field in sample.EnumerateObject())
                Compare(field.Value, actual.GetProperty(field.Name), $"{path}.{field.Name}");
        }

        if (sample.ValueKind == JsonValueKind.Array && sample.GetArrayLength() > 0)
        {
            Assert.True(actual.GetArrayLength() > 0, $"{path}: empty");
            foreach (var item in actual.EnumerateArray())
                Compare(sample[0], item, $"{path}[]");
        }
    }

    private static string Kind(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? "Boolean" : value.ValueKind.ToString();
}
