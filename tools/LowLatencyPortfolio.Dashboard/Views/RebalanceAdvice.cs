using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary>
/// What would bring positions back to their targets, by the strategy of the newest start where it is stored, and in
/// words by what it goes.
/// </summary>
/// <remarks>
/// The engine measures volatilities at its own looks and keeps them to itself. Here those of the stored correlations
/// stand for them; where none are stored, no trade is left out for its cost.
/// </remarks>
internal sealed record RebalanceAdvice
{
    /// <summary>The method as the configuration calls it; null where no start has stored one.</summary>
    public required string? Method { get; init; }

    /// <summary>Whether what is not worth its cost is left out, as the engine does.</summary>
    public required bool HasBand { get; init; }

    /// <summary>Drift that is left alone, percent of the target.</summary>
    public required decimal ThresholdPct { get; init; }

    /// <summary>By pair.</summary>
    public required IReadOnlyList<RebalanceAction> Actions { get; init; }

    /// <summary>What a person is told beside them.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Such as <c>equalWeight</c>, or <c>the plain threshold</c>.</summary>
    public string By => Method ?? "the plain threshold";

    /// <summary>Makes it.</summary>
    /// <param name="picture">The portfolio, and what the newest start was told.</param>
    /// <param name="correlations">The newest that are stored; null where none are.</param>
    public static RebalanceAdvice Of(PortfolioPicture picture, CorrelationRows? correlations)
    {
        decimal usual = picture.Limits.Portfolio.RebalanceThresholdPct;
        if (picture.Rebalance is not { HasStrategy: true } settings)
        {
            return new RebalanceAdvice
            {
                Method = null,
                HasBand = false,
                ThresholdPct = usual,
                Actions = picture.Book.GetRebalanceActions(),
                Notes = [.. OlderNotes(picture.Rebalance), Legend("positionSizePct", Beyond(usual))],
            };
        }

        RebalanceStrategy strategy = settings.Strategy;
        bool isThreshold = strategy.Method == RebalanceMethod.Threshold;
        bool hasBand = correlations is not null && (!isThreshold || settings.Orders);
        decimal threshold = isThreshold ? strategy.ThresholdPct ?? usual : 0m;
        return new RebalanceAdvice
        {
            Method = RebalanceSection.NameOf(strategy.Method),
            HasBand = hasBand,
            ThresholdPct = threshold,
            Actions = Recommended(picture, settings, correlations),
            Notes =
            [
                Legend(Target(strategy), isThreshold ? Beyond(threshold) : string.Empty),
                .. CostNotes(settings, correlations),
            ],
        };
    }

    /// <summary>What stands where nothing is recommended.</summary>
    public string Nothing(bool isAnyOpen) => !isAnyOpen ? "none: no position is open"
        : ThresholdPct > 0m && !HasBand
            ? $"none: every weight is within {Shown.Percent(ThresholdPct)} of its target and below its limit"
            : "none: no weight is above its limit, or far enough off its target";

    private static IReadOnlyList<RebalanceAction> Recommended(
        PortfolioPicture picture, RebalanceRow settings, CorrelationRows? correlations)
    {
        RebalanceStrategy strategy = settings.Strategy;
        if (correlations is null)
        {
            return picture.Book.GetRebalanceActions(
                WithoutCost(strategy), new RebalanceInputs { Volatilities = Unmeasured(strategy, picture) });
        }

        StoredReturns returns = new(picture, correlations);
        return picture.Book.GetRebalanceActions(strategy, new RebalanceInputs
        {
            Volatilities = returns.Volatilities(),
            RiskShares = strategy.Method == RebalanceMethod.RiskParity ? returns.RiskShares() : [],
            ForOrders = settings.Orders,
        });
    }

    // As if every trade were worth what it costs: the band is a hundred-millionth of a percent then.
    private static RebalanceStrategy WithoutCost(RebalanceStrategy strategy) =>
        strategy with { SlippageBps = 0m, RiskAversion = 1_000m, HorizonDays = 3_650 };

    // Targets that need no volatility are told without one; the others are not known.
    private static decimal[] Unmeasured(RebalanceStrategy strategy, PortfolioPicture picture)
    {
        decimal[] volatilities = new decimal[picture.Pairs.Count];
        Array.Fill(volatilities, TakesVolatilities(strategy) ? 0m : 1_000m);
        return volatilities;
    }

    private static bool TakesVolatilities(RebalanceStrategy strategy) =>
        strategy.Method is RebalanceMethod.InverseVolatility or RebalanceMethod.RiskParity;

    private static IEnumerable<string> OlderNotes(RebalanceRow? settings)
    {
        if (settings is { Orders: true })
        {
            yield return "The engine does not go by this table: of its strategy only the method is stored; the next "
                + "start stores it whole";
        }
    }

    private static IEnumerable<string> CostNotes(RebalanceRow settings, CorrelationRows? correlations)
    {
        RebalanceStrategy strategy = settings.Strategy;
        if (correlations is not null && (settings.Orders || strategy.Method != RebalanceMethod.Threshold))
        {
            yield return "What is not worth its cost is left out, by volatilities over "
                + $"{correlations.CandleSeconds} s; the engine measures its own over {settings.IntervalMinutes} min";
        }
        else if (correlations is null && TakesVolatilities(strategy))
        {
            yield return "Targets take volatilities, and none are stored (llp run --signals stores them): only limits "
                + "are looked at here";
        }
        else if (correlations is null && (settings.Orders || strategy.Method != RebalanceMethod.Threshold))
        {
            yield return "The engine also leaves out what is not worth its cost; no volatilities are stored to tell it "
                + "here";
        }
    }

    private static string Target(RebalanceStrategy strategy) => strategy.Method switch
    {
        RebalanceMethod.Threshold => "positionSizePct",
        RebalanceMethod.Calendar => $"positionSizePct, on dates every {strategy.CalendarHours} h",
        RebalanceMethod.EqualWeight => $"{Total(strategy)} in equal parts",
        RebalanceMethod.InverseVolatility => $"{Total(strategy)} in inverse proportion to volatility",
        _ => $"{Total(strategy)} in parts of the same risk",
    };

    private static string Total(RebalanceStrategy strategy) =>
        strategy.TotalWeightPct is { } total ? Shown.Percent(total) : "the sum of positionSizePct";

    private static string Beyond(decimal threshold) => $", beyond {Shown.Percent(threshold)}";

    private static string Legend(string target, string drift) =>
        $"Weight: of equity; target: {target}; drift: of target{drift}";
}
