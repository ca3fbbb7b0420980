namespace LowLatencyPortfolio.Domain;

/// <summary>Which limits of the portfolio are exceeded as things stand, without any order.</summary>
internal static class RiskLimitSurvey
{
    public static List<RiskLimitViolation> Violations(PortfolioBook book)
    {
        PortfolioConfig config = book.Config;
        List<RiskLimitViolation> found = [];
        AddPairs(book, config.TotalCapital * config.MaxPositionSizePct / 100m, found);
        AddIfAbove(RiskVerdict.PositionCountAboveLimit, "portfolio", book.PositionCount, config.MaxPositions, found);
        AddGroups(book, config.TotalCapital * config.MaxCorrelatedExposurePct / 100m, found);
        if (config.MaxTopNConcentrationPct is { } topN)
        {
            AddIfAbove(
                RiskVerdict.TopNConcentrationAboveLimit,
                "portfolio",
                book.TopExposure(config.TopNConcentration, pairWithExtra: -1, extra: 0m),
                config.TotalCapital * topN / 100m,
                found);
        }

        if (book.Available < 0m)
        {
            found.Add(new RiskLimitViolation(RiskVerdict.InsufficientCapital, "portfolio", book.Available, 0m));
        }

        return found;
    }

    private static void AddPairs(PortfolioBook book, decimal allowed, List<RiskLimitViolation> found)
    {
        foreach (ref readonly PairBook pair in book.Books)
        {
            AddIfAbove(RiskVerdict.PositionSizeAboveLimit, pair.Product.ProductId, pair.Exposure, allowed, found);
        }
    }

    private static void AddGroups(PortfolioBook book, decimal allowed, List<RiskLimitViolation> found)
    {
        HashSet<int> seen = [];
        foreach (ref readonly PairBook pair in book.Books)
        {
            if (seen.Add(pair.Group))
            {
                string subject = pair.GroupName ?? pair.Product.ProductId;
                decimal exposure = PortfolioSums.GroupExposure(book.Books, pair.Group);
                AddIfAbove(RiskVerdict.CorrelatedExposureAboveLimit, subject, exposure, allowed, found);
            }
        }
    }

    private static void AddIfAbove(
        RiskVerdict limit, string subject, decimal value, decimal allowed, List<RiskLimitViolation> found)
    {
        if (value > allowed)
        {
            found.Add(new RiskLimitViolation(limit, subject, value, allowed));
        }
    }
}
