using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Paper;

namespace LowLatencyPortfolio.Host.Configuration;

/// <summary>Reads the sections of the configuration; the keys are the members of the records, in camelCase.</summary>
/// <remarks>Only types are judged here; ranges are <c>ConfigurationCheck</c>'s.</remarks>
internal static class ConfigurationSections
{
    /// <summary>Reads <c>portfolio</c>; absent keys keep the defaults.</summary>
    public static PortfolioConfig ReadPortfolio(JsonSection section)
    {
        PortfolioConfig defaults = new();
        PortfolioConfig read = new()
        {
            TotalCapital = section.Decimal("totalCapital", defaults.TotalCapital),
            QuoteCurrency = section.Text("quoteCurrency", defaults.QuoteCurrency, "USD")!,
            MaxPositionSizePct = section.Decimal("maxPositionSizePct", defaults.MaxPositionSizePct),
            MaxPositions = section.Integer("maxPositions", defaults.MaxPositions),
            MaxCorrelatedExposurePct = section.Decimal("maxCorrelatedExposurePct", defaults.MaxCorrelatedExposurePct),
            MaxTopNConcentrationPct =
                section.OptionalDecimal("maxTopNConcentrationPct", defaults.MaxTopNConcentrationPct),
            TopNConcentration = section.Integer("topNConcentration", defaults.TopNConcentration),
            RebalanceThresholdPct = section.Decimal("rebalanceThresholdPct", defaults.RebalanceThresholdPct),
            EmergencyLiquidationLossPct =
                section.Decimal("emergencyLiquidationLossPct", defaults.EmergencyLiquidationLossPct),
            DailyLossPct = section.Decimal("dailyLossPct", defaults.DailyLossPct),
            MaxConcurrentEntries = section.Integer("maxConcurrentEntries", defaults.MaxConcurrentEntries),
            MaxOrderNotional = section.OptionalDecimal("maxOrderNotional", defaults.MaxOrderNotional),
            MaxOrdersPerSecond = section.Integer("maxOrdersPerSecond", defaults.MaxOrdersPerSecond),
        };
        section.Close();
        return read;
    }

    /// <summary>Reads <c>pairDefaults</c>: everything of a pair but its product.</summary>
    public static PairConfig ReadPairDefaults(JsonSection section)
    {
        PairConfig read = ReadPairKeys(section, new PairConfig { ProductId = string.Empty });
        section.Close();
        return read;
    }

    /// <summary>Reads one of <c>pairs</c>; absent keys keep <c>pairDefaults</c>.</summary>
    /// <returns>Null when the product is missing; its fault line is written.</returns>
    public static PairConfig? ReadPair(JsonSection section, PairConfig defaults)
    {
        string? productId = section.RequiredText("productId", "BTC-USD");
        PairConfig read = ReadPairKeys(section, defaults);
        section.Close();
        return productId is null ? null : read with { ProductId = productId };
    }

    /// <summary>Reads one of <c>products</c>.</summary>
    /// <returns>Null after a fault.</returns>
    public static ProductSpec? ReadProduct(JsonSection section)
    {
        string? productId = section.RequiredText("productId", "BTC-USD");
        decimal? priceIncrement = section.RequiredDecimal("priceIncrement", "0.01");
        decimal? quantityIncrement = section.RequiredDecimal("quantityIncrement", "0.00000001");
        decimal minQuantity = section.Decimal("minQuantity", 0m);
        decimal minNotional = section.Decimal("minNotional", 0m);
        section.Close();
        if (productId is null || priceIncrement is not { } price || quantityIncrement is not { } quantity)
        {
            return null;
        }

        string[] faults = [.. ProductSpec.Faults(productId, price, quantity, minQuantity, minNotional)];
        foreach (string fault in faults)
        {
            section.Fault(fault);
        }

        return faults.Length > 0 ? null : new ProductSpec(productId, price, quantity, minQuantity, minNotional);
    }

    /// <summary>Reads <c>paper</c>; absent keys keep the defaults.</summary>
    public static PaperConfig ReadPaper(JsonSection section)
    {
        PaperConfig defaults = new();
        PaperConfig read = new()
        {
            MakerFee = section.Decimal("makerFee", defaults.MakerFee),
            TakerFee = section.Decimal("takerFee", defaults.TakerFee),
            SlippageBps = section.Decimal("slippageBps", defaults.SlippageBps),
            LatencyMs = section.Integer("latencyMs", defaults.LatencyMs),
            PartialFills = section.Boolean("partialFills", defaults.PartialFills),
            RejectionRate = section.Decimal("rejectionRate", defaults.RejectionRate),
            Seed = section.LongInteger("seed", defaults.Seed),
        };
        section.Close();
        return read;
    }

    private static PairConfig ReadPairKeys(JsonSection section, PairConfig defaults) => defaults with
    {
        Enabled = section.Boolean("enabled", defaults.Enabled),
        PositionSizePct = section.Decimal("positionSizePct", defaults.PositionSizePct),
        TrailPct = section.Decimal("trailPct", defaults.TrailPct),
        StopLimitBufferPct = section.Decimal("stopLimitBufferPct", defaults.StopLimitBufferPct),
        MinRatchet = section.Decimal("minRatchet", defaults.MinRatchet),
        EntryConfirmationLevel = section.Integer("entryConfirmationLevel", defaults.EntryConfirmationLevel),
        MaxEntryWaitCandles = section.Integer("maxEntryWaitCandles", defaults.MaxEntryWaitCandles),
        CorrelationGroup = section.OptionalText("correlationGroup", defaults.CorrelationGroup, "layer-1"),
        EntryCollarPct = section.Decimal("entryCollarPct", defaults.EntryCollarPct),
        TickCollarPct = section.Decimal("tickCollarPct", defaults.TickCollarPct),
        MaxPriceAgeSeconds = section.OptionalInteger("maxPriceAgeSeconds", defaults.MaxPriceAgeSeconds),
        MaxEntriesPerHour = section.Integer("maxEntriesPerHour", defaults.MaxEntriesPerHour),
        StopFillTimeoutSeconds = section.Integer("stopFillTimeoutSeconds", defaults.StopFillTimeoutSeconds),
        NakedBudgetSeconds = section.Integer("nakedBudgetSeconds", defaults.NakedBudgetSeconds),
        NakedExitSeconds = section.Integer("nakedExitSeconds", defaults.NakedExitSeconds),
    };
}
