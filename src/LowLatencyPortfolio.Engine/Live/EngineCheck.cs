using System.Numerics;
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
        RequireParts(options, pairs);
        ConfigurationFindings findings = ConfigurationCheck.Check(
            options.Portfolio, [.. pairs.Select(pair => pair.Config)], DistinctProducts(pairs),
            options.Paper.MakerFee, options.Paper.TakerFee, live: options.Gateway is not null);
        ConfigurationFault[] faults =
        [
            .. findings.Faults, .. options.Paper.Faults().Select(ToFault), .. options.Signals?.Check() ?? [],
            .. options.Rebalance?.Check() ?? [],
            .. Mismatches(pairs), .. Faults(options),
        ];
        return faults.Length == 0 ? findings.Warnings : throw new ConfigurationException(faults);
    }

    // What a configuration leaves out may come as null, whatever the types say.
    private static void RequireParts(
        TradingEngineOptions options, IReadOnlyList<(ProductSpec Product, PairConfig Config)> pairs)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(options.Portfolio, "options.Portfolio");
        ArgumentNullException.ThrowIfNull(options.Paper, "options.Paper");
        ArgumentNullException.ThrowIfNull(options.Journal, "options.Journal");
        ArgumentNullException.ThrowIfNull(options.Time, "options.Time");
        for (int i = 0; i < pairs.Count; i++)
        {
            ArgumentNullException.ThrowIfNull(pairs[i].Product, $"pairs[{i}].Product");
            ArgumentNullException.ThrowIfNull(pairs[i].Config, $"pairs[{i}].Config");
        }
    }

    private static IEnumerable<ConfigurationFault> Faults(TradingEngineOptions options)
    {
        const int MostItems = 1 << 24;
        (string Name, object Value, bool IsAllowed, string Allowed)[] checks =
        [
            ("ringCapacity", options.RingCapacity,
                options.RingCapacity is >= 2 and <= MostItems && BitOperations.IsPow2(options.RingCapacity),
                $"a power of two, 2 to {MostItems}"),
            ("inboxCapacity", options.InboxCapacity, options.InboxCapacity is >= 2 and <= MostItems,
                $"2 to {MostItems}"),
            ("maxPriceAgeSeconds", options.MaxPriceAgeSeconds, options.MaxPriceAgeSeconds >= 1, "at least 1"),
            ("stopTimeout", options.StopTimeout, options.StopTimeout > TimeSpan.Zero, "above 0"),
            ("reconcileConfirmAfter", options.ReconcileConfirmAfter, options.ReconcileConfirmAfter >= TimeSpan.Zero,
                "at least 0"),
            ("fillsOverlap", options.FillsOverlap, options.FillsOverlap >= TimeSpan.Zero, "at least 0"),
            ("reconcileTimeout", options.ReconcileTimeout, options.ReconcileTimeout > TimeSpan.Zero, "above 0"),
        ];
        return checks
            .Where(check => !check.IsAllowed)
            .Select(check => new ConfigurationFault($"engine.{check.Name}", $"{check.Value}", check.Allowed));
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
