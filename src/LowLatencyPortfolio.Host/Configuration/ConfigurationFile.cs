using System.Text.Json;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Host.Configuration;

/// <summary>
/// Reads <c>--config</c>: a JSON object of <c>portfolio</c>, <c>pairDefaults</c>, <c>pairs</c>, <c>products</c>,
/// <c>paper</c>, <c>rebalance</c>, <c>signals</c> and <c>correlation</c>, each optional.
/// Decimals are JSON numbers or strings, taken digit by digit; keys
/// that are unknown or stand twice are faults.
/// </summary>
internal static class ConfigurationFile
{
    /// <summary>Reads a file, or every fault of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="faults">Takes one line a fault.</param>
    /// <returns>What was read, with defaults where there was a fault; null when the file is not JSON at all.</returns>
    public static RunConfiguration? Load(string path, FaultLines faults) =>
        InputFile.ReadText(path, faults) is { } text ? Parse(path, text, faults) : null;

    /// <summary>Reads a text; see <see cref="Load"/>.</summary>
    public static RunConfiguration? Parse(string file, string text, FaultLines faults)
    {
        using JsonDocument? json = JsonText.Parse(file, text, faults);
        if (json is null)
        {
            return null;
        }

        RunConfiguration defaults = new();
        JsonSection root = new(json.RootElement, file, string.Empty, faults);
        PairConfig pairDefaults = root.Section("pairDefaults") is { } section
            ? ConfigurationSections.ReadPairDefaults(section)
            : defaults.PairDefaults;
        RunConfiguration read = new()
        {
            Portfolio = root.Section("portfolio") is { } portfolio
                ? ConfigurationSections.ReadPortfolio(portfolio)
                : defaults.Portfolio,
            PairDefaults = pairDefaults,
            Pairs = Once(
                root, "pairs", pair => ConfigurationSections.ReadPair(pair, pairDefaults), pair => pair.ProductId),
            Products = Once(root, "products", ConfigurationSections.ReadProduct, product => product.ProductId),
            Paper = root.Section("paper") is { } paper ? ConfigurationSections.ReadPaper(paper) : defaults.Paper,
            Rebalance = root.Section("rebalance") is { } rebalance
                ? RebalanceSection.Read(rebalance)
                : defaults.Rebalance,
            Signals = root.Section("signals") is { } signals ? SignalSection.Read(signals) : defaults.Signals,
        };
        read = root.Section("correlation") is { } correlation
            ? read with { Signals = read.Signals with { Correlation = CorrelationSection.Read(correlation) } }
            : read;
        root.Close();
        return read;
    }

    private static List<T> Once<T>(JsonSection root, string key, Func<JsonSection, T?> read, Func<T, string> productOf)
        where T : class
    {
        List<T> items = [];
        Dictionary<string, string> paths = new(StringComparer.Ordinal);
        foreach (JsonSection section in root.Sections(key))
        {
            if (read(section) is not { } item)
            {
                continue;
            }

            if (paths.TryAdd(productOf(item), section.Path))
            {
                items.Add(item);
            }
            else
            {
                section.Fault($"{productOf(item)} stands twice, first at {paths[productOf(item)]}");
            }
        }

        return items;
    }
}
