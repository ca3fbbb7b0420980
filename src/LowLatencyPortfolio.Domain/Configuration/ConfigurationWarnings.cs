namespace LowLatencyPortfolio.Domain;

/// <summary>What a configuration may say and probably does not mean.</summary>
internal static class ConfigurationWarnings
{
    /// <summary>Positions below this many minimum orders are warned of: a part of one could not be sold.</summary>
    private const decimal MinNotionalsPerPosition = 10m;

    public static List<string> Collect(
        PortfolioConfig portfolio,
        IReadOnlyList<PairConfig> pairs,
        IReadOnlyList<ProductSpec> products,
        decimal roundTripFee)
    {
        List<string> warnings = [];
        for (int i = 0; i < pairs.Count; i++)
        {
            string path = ConfigurationCheck.PathOf(pairs, i);
            AddTightTrail(path, pairs[i], roundTripFee, warnings);
            AddSmallPosition(path, pairs[i], portfolio, products, warnings);
        }

        string[] alone = [.. pairs.Where(pair => pair.CorrelationGroup is null).Select(pair => pair.ProductId)];
        if (alone.Length > 0)
        {
            warnings.Add($"without a correlationGroup, each a group of its own: {string.Join(", ", alone)}");
        }

        return warnings;
    }

    private static void AddTightTrail(string path, PairConfig pair, decimal roundTripFee, List<string> warnings)
    {
        if (pair.TrailPct < roundTripFee)
        {
            warnings.Add(
                $"{path}.trailPct {FaultList.Text(pair.TrailPct)} is less than the fees of buying and selling "
                + $"({FaultList.Text(roundTripFee)}): the price must rise by more before its stop stops losing");
        }
    }

    private static void AddSmallPosition(
        string path,
        PairConfig pair,
        PortfolioConfig portfolio,
        IReadOnlyList<ProductSpec> products,
        List<string> warnings)
    {
        ProductSpec? product = products.FirstOrDefault(known => known.ProductId == pair.ProductId);
        if (product is null || portfolio.TotalCapital >= FaultList.TooLarge || pair.PositionSizePct > 100m)
        {
            return;
        }

        decimal size = portfolio.TotalCapital * pair.PositionSizePct / 100m;
        if (size < MinNotionalsPerPosition * product.MinNotional)
        {
            warnings.Add(
                $"{path}.positionSizePct makes positions of {FaultList.Text(size)} {portfolio.QuoteCurrency}, "
                + $"less than {FaultList.Text(MinNotionalsPerPosition)} times the minimum order of "
                + $"{FaultList.Text(product.MinNotional)}: parts of them may be too small to protect or sell");
        }
    }
}
