using System.Globalization;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Host.Configuration;

namespace LowLatencyPortfolio.Host.Run;

/// <summary>What a user is told of the rebalance of a run.</summary>
internal static class RunRebalance
{
    /// <summary>One line where orders are switched on; null where nothing is sent.</summary>
    public static string? Note(RebalanceOptions options) => options.Orders
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"positions are rebalanced by orders: {RebalanceSection.NameOf(options.Strategy.Method)}, looked at every "
            + $"{options.IntervalMinutes} min, a pair then left alone for {options.CooldownIntervals} of them")
        : null;
}
