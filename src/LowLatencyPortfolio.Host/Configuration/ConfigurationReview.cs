using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Host.Configuration;

/// <summary>Checks the ranges of a configuration together with the pairs that the data brought.</summary>
internal static class ConfigurationReview
{
    // Stands for pairDefaults, which have no product of their own. The quote is that of the checked copy.
    private const string DefaultsId = "DEFAULTS-USD";
    private const string DefaultsPath = $"pairs.{DefaultsId}.";

    /// <summary>Checks everything.</summary>
    /// <param name="place">File that the fault lines name.</param>
    /// <param name="configuration">What the file says.</param>
    /// <param name="fromData">Pairs that the file does not list; they have its defaults.</param>
    /// <param name="products">Products of the file and of the data.</param>
    /// <param name="faults">Takes the faults. One of the defaults is told once, not for every pair that takes
    /// it.</param>
    /// <param name="notes">Takes the warnings.</param>
    /// <param name="atVenue">Whether orders leave for a venue: <c>maxOrderNotional</c> is required then.</param>
    public static void Check(
        string place,
        RunConfiguration configuration,
        IEnumerable<PairConfig> fromData,
        IReadOnlyList<ProductSpec> products,
        FaultLines faults,
        ICollection<string> notes,
        bool atVenue = false)
    {
        PairConfig[] pairs = [.. configuration.Pairs, .. fromData];
        ConfigurationFindings findings = ConfigurationCheck.Check(
            configuration.Portfolio, pairs, products, configuration.Paper.MakerFee, configuration.Paper.TakerFee,
            atVenue);
        HashSet<(string Field, string Value)> ofDefaults = [];
        foreach (ConfigurationFault fault in FaultsOfDefaults(configuration))
        {
            ofDefaults.Add((fault.Path, fault.Value));
            faults.Add(place, (fault with { Path = $"pairDefaults.{fault.Path}" }).ToString());
        }

        foreach (ConfigurationFault fault in findings.Faults)
        {
            bool ofPair = fault.Path.StartsWith("pairs", StringComparison.Ordinal);
            string field = fault.Path[(fault.Path.LastIndexOf('.') + 1)..];
            bool noPairs = pairs.Length == 0 && fault.Path == "pairs";
            if (!noPairs && !(ofPair && ofDefaults.Contains((field, fault.Value))))
            {
                faults.Add(place, fault.ToString());
            }
        }

        foreach (string fault in configuration.Paper.Faults())
        {
            faults.Add(place, fault);
        }

        foreach (ConfigurationFault fault in configuration.Signals.Check().Concat(configuration.Rebalance.Check()))
        {
            faults.Add(place, fault.ToString());
        }

        foreach (string warning in findings.Warnings)
        {
            notes.Add(warning);
        }
    }

    private static IEnumerable<ConfigurationFault> FaultsOfDefaults(RunConfiguration configuration) =>
        ConfigurationCheck.Check(
                configuration.Portfolio with { QuoteCurrency = "USD" },
                [configuration.PairDefaults with { ProductId = DefaultsId }],
                [])
            .Faults
            .Where(fault => fault.Path.StartsWith(DefaultsPath, StringComparison.Ordinal))
            .Select(fault => fault with { Path = fault.Path[DefaultsPath.Length..] });
}
