namespace LowLatencyPortfolio.Domain;

/// <summary>Whether a configuration can be used: every fault at once, so that one look repairs it.</summary>
/// <remarks>Thread: any. Pure. Source: SPEC 1 and 16.</remarks>
public static class ConfigurationCheck
{
    /// <summary>The time of each entry of the hour is kept and stored with every checkpoint.</summary>
    private const int MostEntriesPerHour = 1_000;

    /// <summary>Looks at everything.</summary>
    /// <param name="portfolio">Limits and sizes.</param>
    /// <param name="pairs">In the order in which they stand in the configuration.</param>
    /// <param name="products">
    /// Increments and minimum sizes as far as they are known; a pair whose product is missing is not checked against
    /// them.
    /// </param>
    /// <param name="makerFee">Fee rate of resting orders, fraction.</param>
    /// <param name="takerFee">Fee rate of crossing orders, fraction.</param>
    /// <param name="live">Whether real money is at stake: <c>maxOrderNotional</c> is required then.</param>
    /// <returns>All faults and all warnings, in the order of the configuration.</returns>
    public static ConfigurationFindings Check(
        PortfolioConfig portfolio,
        IReadOnlyList<PairConfig> pairs,
        IReadOnlyList<ProductSpec> products,
        decimal makerFee = 0.006m,
        decimal takerFee = 0.012m,
        bool live = false)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(products);
        FaultList faults = new();
        CheckPortfolio(portfolio, live, faults);
        CheckPairNames(portfolio, pairs, faults);
        for (int i = 0; i < pairs.Count; i++)
        {
            CheckPair(PathOf(pairs, i), pairs[i], portfolio, faults);
        }

        CheckProducts(products, faults);
        List<string> warnings = ConfigurationWarnings.Collect(portfolio, pairs, products, makerFee + takerFee);
        return new ConfigurationFindings(faults.Faults, warnings);
    }

    private static void CheckPortfolio(PortfolioConfig p, bool live, FaultList faults)
    {
        faults.Positive("portfolio.totalCapital", p.TotalCapital, p.QuoteCurrency);
        if (!IsCurrency(p.QuoteCurrency))
        {
            faults.Add("portfolio.quoteCurrency", Quoted(p.QuoteCurrency), "letters and digits, such as USD");
        }

        faults.Percent("portfolio.maxPositionSizePct", p.MaxPositionSizePct, 100m);
        faults.Count("portfolio.maxPositions", p.MaxPositions);
        faults.Percent("portfolio.maxCorrelatedExposurePct", p.MaxCorrelatedExposurePct, 100m);
        if (p.MaxTopNConcentrationPct is { } topN)
        {
            faults.Percent("portfolio.maxTopNConcentrationPct", topN, 100m);
        }

        faults.Count("portfolio.topNConcentration", p.TopNConcentration);
        faults.Positive("portfolio.rebalanceThresholdPct", p.RebalanceThresholdPct, "of the target; 10 means 10 %");
        faults.Loss("portfolio.emergencyLiquidationLossPct", p.EmergencyLiquidationLossPct);
        faults.Loss("portfolio.dailyLossPct", p.DailyLossPct);
        faults.Count("portfolio.maxConcurrentEntries", p.MaxConcurrentEntries);
        if (p.MaxOrderNotional is { } notional)
        {
            faults.Positive("portfolio.maxOrderNotional", notional, p.QuoteCurrency);
        }
        else if (live)
        {
            string allowed = $"above 0 ({p.QuoteCurrency}); required for real money";
            faults.Add("portfolio.maxOrderNotional", "nothing", allowed);
        }

        faults.Count("portfolio.maxOrdersPerSecond", p.MaxOrdersPerSecond);
    }

    private static void CheckPairNames(PortfolioConfig portfolio, IReadOnlyList<PairConfig> pairs, FaultList faults)
    {
        if (pairs.Count == 0)
        {
            faults.Add("pairs", "empty", "at least one pair");
        }

        List<string> otherQuotes = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < pairs.Count; i++)
        {
            string id = pairs[i].ProductId;
            string path = $"pairs[{FaultList.Text(i)}].productId";
            if (!TryQuoteOf(id, out string quote))
            {
                faults.Add(path, Quoted(id), "BASE-QUOTE, letters and digits, such as BTC-USD");
            }
            else if (!seen.Add(id))
            {
                faults.Add(path, Quoted(id), "each product once");
            }
            else if (quote != portfolio.QuoteCurrency)
            {
                otherQuotes.Add(id);
            }
        }

        if (otherQuotes.Count > 0)
        {
            string others = string.Join(", ", otherQuotes) + (otherQuotes.Count == 1 ? " has" : " have");
            string allowed = $"the one quote of all pairs; {others} another (USD and USDC are different)";
            faults.Add("portfolio.quoteCurrency", portfolio.QuoteCurrency, allowed);
        }
    }

    private static void CheckPair(string path, PairConfig pair, PortfolioConfig portfolio, FaultList faults)
    {
        bool capped = portfolio.MaxPositionSizePct is > 0m and < 100m;
        faults.Percent(
            $"{path}.positionSizePct",
            pair.PositionSizePct,
            capped ? portfolio.MaxPositionSizePct : 100m,
            capped ? " (portfolio.maxPositionSizePct)" : string.Empty);
        faults.Fraction($"{path}.trailPct", pair.TrailPct, 0.002m, 0.5m);
        faults.Fraction($"{path}.stopLimitBufferPct", pair.StopLimitBufferPct, 0m, 0.2m);
        faults.Fraction($"{path}.minRatchet", pair.MinRatchet, 0m, 0.1m);
        faults.Count($"{path}.entryConfirmationLevel", pair.EntryConfirmationLevel, most: 3);
        faults.Count($"{path}.maxEntryWaitCandles", pair.MaxEntryWaitCandles);
        if (pair.CorrelationGroup is { } group && string.IsNullOrWhiteSpace(group))
        {
            faults.Add($"{path}.correlationGroup", Quoted(group), "a name, or left out for a group of its own");
        }

        faults.Percent($"{path}.entryCollarPct", pair.EntryCollarPct, 100m);
        faults.Percent($"{path}.tickCollarPct", pair.TickCollarPct, 100m);
        faults.Count($"{path}.maxPriceAgeSeconds", pair.MaxPriceAgeSeconds ?? 1);
        faults.Count($"{path}.maxEntriesPerHour", pair.MaxEntriesPerHour, MostEntriesPerHour);
        faults.Count($"{path}.stopFillTimeoutSeconds", pair.StopFillTimeoutSeconds);
        faults.Count($"{path}.nakedBudgetSeconds", pair.NakedBudgetSeconds);
        int leastExit = Math.Max(1, pair.NakedBudgetSeconds);
        if (pair.NakedExitSeconds < leastExit)
        {
            string allowed = $"at least {FaultList.Text(leastExit)} (nakedBudgetSeconds)";
            faults.Add($"{path}.nakedExitSeconds", FaultList.Text(pair.NakedExitSeconds), allowed);
        }
    }

    private static void CheckProducts(IReadOnlyList<ProductSpec> products, FaultList faults)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < products.Count; i++)
        {
            if (!seen.Add(products[i].ProductId))
            {
                string path = $"products[{FaultList.Text(i)}].productId";
                faults.Add(path, Quoted(products[i].ProductId), "each product once");
            }
        }
    }

    /// <summary>The pair's name in paths: its product id, or its number where the id does not tell it apart.</summary>
    internal static string PathOf(IReadOnlyList<PairConfig> pairs, int index)
    {
        string id = pairs[index].ProductId;
        bool unique = TryQuoteOf(id, out _) && pairs.Count(pair => pair.ProductId == id) == 1;
        return unique ? $"pairs.{id}" : $"pairs[{FaultList.Text(index)}]";
    }

    private static bool TryQuoteOf(string? productId, out string quote)
    {
        string[] parts = (productId ?? string.Empty).Split('-');
        quote = parts[^1];
        return parts.Length == 2 && parts.All(IsCurrency);
    }

    private static bool IsCurrency(string? name) => !string.IsNullOrEmpty(name) && name.All(char.IsAsciiLetterOrDigit);

    private static string Quoted(string? text) => $"\"{text}\"";
}
