using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Host.Entries;

namespace LowLatencyPortfolio.Host.Report;

/// <summary>The line that says why nothing was bought any more.</summary>
internal static class ModeLine
{
    /// <summary>Makes the line.</summary>
    /// <param name="mode">The mode the run ended in.</param>
    /// <param name="sinceNs">When it last changed, ns UTC; null when that is not known.</param>
    /// <param name="breakerTrips">How often the emergency breaker tripped.</param>
    /// <returns>
    /// Such as <c>Mode: HALTED since 2023-12-09 10:00 UTC (loss breaker tripped once); entries are refused until a
    /// resume</c>; null when the run ended in trading and no breaker tripped.
    /// </returns>
    public static string? Text(TradingMode mode, long? sinceNs, long breakerTrips)
    {
        if (mode == TradingMode.Trading && breakerTrips == 0)
        {
            return null;
        }

        string name = mode switch
        {
            TradingMode.Trading => "TRADING",
            TradingMode.ReduceOnly => "REDUCE_ONLY",
            _ => "HALTED",
        };
        string since = sinceNs is { } time ? $" since {UtcTime.Minute(time)} UTC" : string.Empty;
        string refused = mode == TradingMode.Trading ? string.Empty : "; entries are refused until a resume";
        return $"Mode: {name}{since}{Trips(breakerTrips)}{refused}";
    }

    private static string Trips(long trips) => trips switch
    {
        0 => string.Empty,
        1 => " (loss breaker tripped once)",
        _ => string.Create(CultureInfo.InvariantCulture, $" (loss breaker tripped {trips:N0} times)"),
    };
}
