using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Host.Configuration;

/// <summary>Reads <c>signals</c>; the keys are the members of the records, in camelCase, all in one section.</summary>
/// <remarks>Only types are judged here; ranges are <see cref="SignalOptions.Check"/>'s.</remarks>
internal static class SignalSection
{
    private static readonly (string Name, EntryPriceMode Mode)[] Prices =
    [
        ("last", EntryPriceMode.Last), ("bidOffset", EntryPriceMode.BidOffset),
        ("atrFraction", EntryPriceMode.AtrFraction),
    ];

    /// <summary>Reads the section; absent keys keep the defaults.</summary>
    public static SignalOptions Read(JsonSection section)
    {
        SignalOptions defaults = new();
        SignalOptions read = new()
        {
            Confirmation = ReadConfirmation(section, defaults.Confirmation),
            CooldownCandles = section.Integer("cooldownCandles", defaults.CooldownCandles),
            CloseDelayMs = section.Integer("closeDelayMs", defaults.CloseDelayMs),
            Fusion = section.Section("fusion") is { } fusion ? ReadFusion(fusion) : defaults.Fusion,
        };
        section.Close();
        return read;
    }

    private static ConfirmationSettings ReadConfirmation(JsonSection section, ConfirmationSettings defaults) => new()
    {
        CandleSeconds = section.Integer("candleSeconds", defaults.CandleSeconds),
        HistoryCandles = section.Integer("historyCandles", defaults.HistoryCandles),
        RsiPeriod = section.Integer("rsiPeriod", defaults.RsiPeriod),
        RsiLevel = section.Decimal("rsiLevel", defaults.RsiLevel),
        MacdFast = section.Integer("macdFast", defaults.MacdFast),
        MacdSlow = section.Integer("macdSlow", defaults.MacdSlow),
        MacdSignal = section.Integer("macdSignal", defaults.MacdSignal),
        AtrPeriod = section.Integer("atrPeriod", defaults.AtrPeriod),
        WindowCandles = section.Integer("windowCandles", defaults.WindowCandles),
        BollingerWidth = section.Decimal("bollingerWidth", defaults.BollingerWidth),
        ConfirmationWindow = section.Integer("confirmationWindow", defaults.ConfirmationWindow),
        EntryPrice = ReadPrice(section, defaults.EntryPrice),
        EntryOffsetBps = section.Decimal("entryOffsetBps", defaults.EntryOffsetBps),
        EntryAtrFraction = section.Decimal("entryAtrFraction", defaults.EntryAtrFraction),
    };

    private static FusionSettings ReadFusion(JsonSection section)
    {
        FusionSettings defaults = new();
        FusionSettings read = new()
        {
            Enabled = section.Boolean("enabled", defaults.Enabled),
            MinProbability = section.Decimal("minProbability", defaults.MinProbability),
            RequireVotes = section.Boolean("requireVotes", defaults.RequireVotes),
            VersionCloses = section.Integer("versionCloses", defaults.VersionCloses),
            Model = new FusionOptions
            {
                HorizonCloses = section.Integer("horizonCloses", defaults.Model.HorizonCloses),
                CostThreshold = (double)section.Decimal("costThreshold", (decimal)defaults.Model.CostThreshold),
                Leaders = section.Integer("leaders", defaults.Model.Leaders),
                HalfLifeCloses = (double)section.Decimal("halfLifeCloses", (decimal)defaults.Model.HalfLifeCloses),
                Ridge = (double)section.Decimal("ridge", (decimal)defaults.Model.Ridge),
                WarmUpCloses = section.Integer("warmUpCloses", defaults.Model.WarmUpCloses),
            },
        };
        section.Close();
        return read;
    }

    private static EntryPriceMode ReadPrice(JsonSection section, EntryPriceMode fallback)
    {
        string? written = section.OptionalText("entryPrice", null, Prices[0].Name);
        if (written is null)
        {
            return fallback;
        }

        foreach ((string name, EntryPriceMode mode) in Prices)
        {
            if (name == written)
            {
                return mode;
            }
        }

        string allowed = string.Join(", ", Prices.Select(price => price.Name));
        section.Fault($"entryPrice is \"{FaultLines.Shown(written)}\"; allowed: {allowed}");
        return fallback;
    }
}
