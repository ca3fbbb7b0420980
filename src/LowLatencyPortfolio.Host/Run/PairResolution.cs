using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Report;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Run;

/// <summary>Brings the configuration and the data together: a pair for every product that has ticks.</summary>
internal static class PairResolution
{
    /// <summary>Makes the pairs of a run.</summary>
    /// <param name="configuration">What the file says.</param>
    /// <param name="data">The products that have ticks, each once.</param>
    /// <param name="faults">Takes products whose increments do not fit the ring's units.</param>
    /// <param name="notes">Takes what a user should know: increments taken from data, pairs without data.</param>
    /// <returns>The pairs by index; those with a fault are left out.</returns>
    public static PairSetup[] Resolve(
        RunConfiguration configuration, IEnumerable<DataProduct> data, FaultLines faults, ICollection<string> notes)
    {
        Dictionary<string, PairConfig> pairs =
            configuration.Pairs.ToDictionary(pair => pair.ProductId, StringComparer.Ordinal);
        Dictionary<string, ProductSpec> products =
            configuration.Products.ToDictionary(product => product.ProductId, StringComparer.Ordinal);
        DataProduct[] present = [.. data.OrderBy(product => product.ProductId, StringComparer.Ordinal)];
        List<(ProductSpec, PairConfig)> resolved = [];
        foreach (DataProduct product in present)
        {
            ProductSpec? spec = products.GetValueOrDefault(product.ProductId) ?? Inferred(product, faults, notes);
            PairConfig config = pairs.GetValueOrDefault(product.ProductId)
                ?? configuration.PairDefaults with { ProductId = product.ProductId };
            if (spec is not null)
            {
                resolved.Add((spec, config));
            }
        }

        HashSet<string> ids = [.. present.Select(product => product.ProductId)];
        foreach (string absent in pairs.Keys.Union(products.Keys).Except(ids).Order(StringComparer.Ordinal))
        {
            string help = Suggestion.Nearest(absent, ids) is { } meant ? $"; did you mean {meant}?" : string.Empty;
            notes.Add($"{absent}: configured, but there are no ticks of it{help}");
        }

        return PairSetup.Arrange(resolved);
    }

    private static ProductSpec? Inferred(DataProduct product, FaultLines faults, ICollection<string> notes)
    {
        string[] wrong =
            [.. ProductSpec.Faults(product.ProductId, product.PriceIncrement, product.QuantityIncrement, 0m, 0m)];
        foreach (string fault in wrong)
        {
            faults.Add(
                product.ProductId, $"{fault}; taken from its data file, list it under products to say otherwise");
        }

        if (wrong.Length > 0)
        {
            return null;
        }

        notes.Add($"{product.ProductId}: not listed under products; increments taken from its data: "
            + $"price {ResultJson.DecimalText(product.PriceIncrement)}, "
            + $"quantity {ResultJson.DecimalText(product.QuantityIncrement)}, no minimum size");
        return new ProductSpec(product.ProductId, product.PriceIncrement, product.QuantityIncrement);
    }
}
