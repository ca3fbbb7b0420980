using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Host.Configuration;

namespace LowLatencyPortfolio.Host.Candles;

/// <summary>
/// Whether candles can be made of bars: where in a bar its prices were is not known, so none may begin or end inside
/// one.
/// </summary>
internal static class BarFit
{
    private const long NsPerSecond = 1_000_000_000;

    /// <summary>Looks at every file of bars.</summary>
    /// <param name="catalog">The data.</param>
    /// <param name="seconds">Length of a candle; what is not above 0 is somebody else's fault.</param>
    /// <param name="place">The option or the file that said so.</param>
    /// <param name="field">The field of that file; null for an option.</param>
    /// <param name="faults">Takes one line for each length of bars that does not fit.</param>
    public static void Check(ReplayCatalog catalog, int seconds, string place, string? field, FaultLines faults)
    {
        if (seconds <= 0)
        {
            return;
        }

        string subject = field is null ? string.Empty : field + " ";
        foreach (IGrouping<long, ReplayFile> bars in catalog.Products.SelectMany(product => product.Files)
            .Where(file => file.Kind == ReplayKind.Bars && seconds * NsPerSecond % file.IntervalNs != 0)
            .GroupBy(file => file.IntervalNs))
        {
            string allowed =
                bars.Key % NsPerSecond == 0 ? $"a multiple of {bars.Key / NsPerSecond}" : "whole bars";
            string others = bars.Count() == 1 ? " has" : $" and {bars.Count() - 1} more have";
            ReplayFile first = bars.First();
            faults.Add(
                place, $"{subject}is {seconds}; allowed: {allowed}, because {first.Path}{others} {first.Interval}");
        }
    }
}
