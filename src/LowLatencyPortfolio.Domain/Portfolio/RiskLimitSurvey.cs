namespace LowLatencyPortfolio.Domain;

/// <summary>How much of the portfolio's limits is used as things stand, without any order.</summary>
internal static class RiskLimitSurvey
{
    public static List<RiskLimitViolation> Violations(PortfolioBook book)
    {
        List<RiskLimitViolation> found = [.. Uses(book)
            .Where(use => use.IsExceeded)
            .Select(use => new RiskLimitViolation(use.Limit, use.Subject, use.Value, use.Allowed))];
        if (book.Available < 0m)
        {
            found.Add(new RiskLimitViolation(RiskVerdict.InsufficientCapital, "portfolio", book.Available, 0m));
        }

        return [.. found.OrderBy(violation => violation.Limit)];
    }

    public static List<RiskLimitUse> Uses(PortfolioBook book)
    {
        PortfolioConfig config = book.Config;
        List<RiskLimitUse> uses = [];
        AddPairs(book, config.TotalCapital * config.MaxPositionSizePct / 100m, uses);
        uses.Add(new RiskLimitUse(
            RiskVerdict.PositionCountAboveLimit, "portfolio", book.PositionCount, config.MaxPositions));
        AddGroups(book, config.TotalCapital * config.MaxCorrelatedExposurePct / 100m, uses);
        if (config.MaxTopNConcentrationPct is { } topN)
        {
            uses.Add(new RiskLimitUse(
                RiskVerdict.TopNConcentrationAboveLimit,
                "portfolio",
                book.TopExposure(config.TopNConcentration, pairWithExtra: -1, extra: 0m),
                config.TotalCapital * topN / 100m));
        }

        AddMeasuredGroups(book, config.TotalCapital * config.MaxCorrelatedExposurePct / 100m, uses);
        return uses;
    }

    private static void AddPairs(PortfolioBook book, decimal allowed, List<RiskLimitUse> uses)
    {
        foreach (ref readonly PairBook pair in book.Books)
        {
            uses.Add(new RiskLimitUse(
                RiskVerdict.PositionSizeAboveLimit, pair.Product.ProductId, pair.Exposure, allowed));
        }
    }

    private static void AddGroups(PortfolioBook book, decimal allowed, List<RiskLimitUse> uses)
    {
        HashSet<int> seen = [];
        foreach (ref readonly PairBook pair in book.Books)
        {
            if (seen.Add(pair.Group))
            {
                string subject = pair.GroupName ?? pair.Product.ProductId;
                decimal exposure = PortfolioSums.GroupExposure(book.Books, pair.Group);
                uses.Add(new RiskLimitUse(RiskVerdict.CorrelatedExposureAboveLimit, subject, exposure, allowed));
            }
        }
    }

    // A pair that moves with no other is not listed: its own limit is the narrower one, or its configured group's.
    private static void AddMeasuredGroups(PortfolioBook book, decimal allowed, List<RiskLimitUse> uses)
    {
        int[] members = new int[book.PairCount];
        foreach (ref readonly PairBook pair in book.Books)
        {
            members[pair.MeasuredGroup]++;
        }

        for (int group = 0; group < members.Length; group++)
        {
            if (members[group] > 1)
            {
                uses.Add(new RiskLimitUse(
                    RiskVerdict.MeasuredGroupExposureAboveLimit, book.Books[group].Product.ProductId,
                    PortfolioSums.MeasuredExposure(book.Books, group), allowed));
            }
        }
    }
}
