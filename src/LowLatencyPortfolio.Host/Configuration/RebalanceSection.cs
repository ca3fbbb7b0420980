using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;

namespace LowLatencyPortfolio.Host.Configuration;

/// <summary>
/// Reads <c>rebalance</c>; the keys are the members of the records, in camelCase, all in one section.
/// </summary>
/// <remarks>Only types are judged here; ranges are <see cref="RebalanceOptions.Check"/>'s.</remarks>
internal static class RebalanceSection
{
    private static readonly (string Name, RebalanceMethod Method)[] Methods =
    [
        ("threshold", RebalanceMethod.Threshold), ("calendar", RebalanceMethod.Calendar),
        ("equalWeight", RebalanceMethod.EqualWeight), ("inverseVolatility", RebalanceMethod.InverseVolatility),
        ("riskParity", RebalanceMethod.RiskParity),
    ];

    /// <summary>Reads the section; absent keys keep the defaults.</summary>
    public static RebalanceOptions Read(JsonSection section)
    {
        RebalanceOptions defaults = new();
        RebalanceOptions read = new()
        {
            Orders = section.Boolean("orders", defaults.Orders),
            Strategy = ReadStrategy(section, defaults.Strategy),
            IntervalMinutes = section.Integer("intervalMinutes", defaults.IntervalMinutes),
            CooldownIntervals = section.Integer("cooldownIntervals", defaults.CooldownIntervals),
            EntryOffsetBps = section.Decimal("entryOffsetBps", defaults.EntryOffsetBps),
        };
        section.Close();
        return read;
    }

    /// <summary>A method as the file calls it.</summary>
    public static string NameOf(RebalanceMethod method) => Array.Find(Methods, known => known.Method == method).Name;

    private static RebalanceStrategy ReadStrategy(JsonSection section, RebalanceStrategy defaults) => new()
    {
        Method = ReadMethod(section, defaults.Method),
        ThresholdPct = section.OptionalDecimal("thresholdPct", defaults.ThresholdPct),
        CalendarHours = section.Integer("calendarHours", defaults.CalendarHours),
        TotalWeightPct = section.OptionalDecimal("totalWeightPct", defaults.TotalWeightPct),
        RiskAversion = section.Decimal("riskAversion", defaults.RiskAversion),
        HorizonDays = section.Integer("horizonDays", defaults.HorizonDays),
        SlippageBps = section.Decimal("slippageBps", defaults.SlippageBps),
    };

    private static RebalanceMethod ReadMethod(JsonSection section, RebalanceMethod fallback)
    {
        string? written = section.OptionalText("method", null, Methods[0].Name);
        if (written is null)
        {
            return fallback;
        }

        foreach ((string name, RebalanceMethod method) in Methods)
        {
            if (name == written)
            {
                return method;
            }
        }

        string allowed = string.Join(", ", Methods.Select(method => method.Name));
        section.Fault($"method is \"{FaultLines.Shown(written)}\"; allowed: {allowed}");
        return fallback;
    }
}
