using System.Globalization;
using System.Text.Json;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.ExchangeSim.CommandLine;

/// <summary>Reads the <c>products</c> section of an <c>llp</c> configuration, so that engine and venue can be given the
/// same grids by one file.</summary>
internal static class ProductFile
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads the file.</summary>
    /// <param name="path">A JSON object with a list <c>products</c>; other sections are passed over.</param>
    /// <param name="faults">Takes one line a fault.</param>
    /// <returns>The good ones.</returns>
    public static IReadOnlyList<ProductSpec> Read(string path, ICollection<string> faults)
    {
        var products = new List<ProductSpec>();
        try
        {
            using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            foreach (JsonElement item in file.RootElement.GetProperty("products").EnumerateArray())
            {
                Add(item, $"--products: {path}: products[{products.Count}]", products, faults);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException
            or KeyNotFoundException or InvalidOperationException)
        {
            faults.Add($"--products: {path}: cannot be read: {e.Message.ReplaceLineEndings(" ")}");
        }

        return products;
    }

    private static void Add(JsonElement item, string place, List<ProductSpec> products, ICollection<string> faults)
    {
        string id = item.GetProperty("productId").GetString() ?? string.Empty;
        decimal[] numbers =
        [
            Number(item, "priceIncrement"), Number(item, "quantityIncrement"),
            Number(item, "minQuantity"), Number(item, "minNotional"),
        ];
        string[] wrong = [.. ProductSpec.Faults(id, numbers[0], numbers[1], numbers[2], numbers[3])];
        foreach (string fault in wrong)
        {
            faults.Add($"{place}: {fault}");
        }

        if (wrong.Length == 0)
        {
            products.Add(new ProductSpec(id, numbers[0], numbers[1], numbers[2], numbers[3]));
        }
    }

    private static decimal Number(JsonElement item, string name)
    {
        if (!item.TryGetProperty(name, out JsonElement value))
        {
            return 0;
        }

        string text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            ? number
            : throw new JsonException($"{name} is \"{text}\", which is not a decimal");
    }
}
