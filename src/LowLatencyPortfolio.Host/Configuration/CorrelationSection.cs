using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Host.Configuration;

/// <summary>
/// Reads <c>correlation</c>; the keys are the members of the record, in camelCase, and <c>enabled</c>.
/// </summary>
/// <remarks>Only types are judged here; ranges are <see cref="CorrelationOptions.Faults"/>'s.</remarks>
internal static class CorrelationSection
{
    /// <summary>Reads the section; absent keys keep the defaults.</summary>
    /// <returns>Null when it is switched off.</returns>
    public static CorrelationOptions? Read(JsonSection section)
    {
        CorrelationOptions defaults = new();
        bool isEnabled = section.Boolean("enabled", fallback: true);
        CorrelationOptions read = new()
        {
            HalfLifeCloses = Number(section, "halfLifeCloses", defaults.HalfLifeCloses),
            WarmUpCloses = section.Integer("warmUpCloses", defaults.WarmUpCloses),
            MaxGapCloses = section.Integer("maxGapCloses", defaults.MaxGapCloses),
            JoinCorrelation = Number(section, "joinCorrelation", defaults.JoinCorrelation),
            LeaveCorrelation = Number(section, "leaveCorrelation", defaults.LeaveCorrelation),
            ConfirmCloses = section.Integer("confirmCloses", defaults.ConfirmCloses),
            HistoryCloses = section.Integer("historyCloses", defaults.HistoryCloses),
        };
        section.Close();
        return isEnabled ? read : null;
    }

    private static double Number(JsonSection section, string key, double fallback) =>
        (double)section.Decimal(key, (decimal)fallback);
}
