using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Engine;

/// <summary>Whether an engine can be made of a configuration: every fault at once, before anything starts.</summary>
internal static class EngineCheck
{
    /// <returns>What is allowed but probably not meant, one line each.</returns>
    /// <exception cref="ConfigurationException">There is at least one fault; the message names all.</exception>
    public static IReadOnlyList<string> Require(
        TradingEngineOptions options, IReadOnlyList<(ProductSpec Product, PairConfig Config)> pairs)
    {
        ConfigurationFindings findings = ConfigurationCheck.Check(
            options.Portfolio, [.. pairs.Select(pair => pair.Config)], DistinctProducts(pairs),
            options.Paper.MakerFee, options.Paper.TakerFee, live: options.Gateway is not null);
        ConfigurationFault[] faults =
        [
            .. findings.Faults, .. options.Paper.Faults().Select(ToFault), .. options.Signals?.Check() ?? [],
            .. options.Rebalance?.Check() ?? [],
            .. Mismatches(pairs),
        ];
        return faults.Length == 0 ? findings.Warnings : throw new ConfigurationException(faults);
    }

    // A pair that stands twice is one fault, not two.
    private static ProductSpec[] DistinctProducts(IReadOnlyList<(ProductSpec Product, PairConfig Config)> pairs) =>
        [.. pairs.Select(pair => pair.Product).DistinctBy(product => product.ProductId)];

    private static IEnumerable<ConfigurationFault> Mismatches(
        IReadOnlyList<(ProductSpec Product, PairConfig Config)> pairs) => pairs
        .Where(pair => pair.Product.ProductId != pair.Config.ProductId)
        .Select(pair => new ConfigurationFault(
            $"pairs.{pair.Config.ProductId}", pair.Product.ProductId, "the product of the same name"));

    // The paper venue says its faults as "path value must be in range".
    private static ConfigurationFault ToFault(string line)
    {
        string[] words = line.Split(' ', 6);
        return new ConfigurationFault(words[0], words[1], words[^1]);
    }
}
