using System.Globalization;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Signals;

/// <summary>What the fused model predicts, and how fast it learns and forgets.</summary>
/// <remarks>Thread: immutable.</remarks>
public sealed record FusionOptions
{
    /// <summary>Most closes ahead that can be predicted.</summary>
    public const int MostHorizonCloses = 288;

    /// <summary>Most pairs that can lead.</summary>
    public const int MostLeaders = 5;

    /// <summary>Closes ahead at which the price is looked at again, 1 to 288.</summary>
    public int HorizonCloses { get; init; } = 12;

    /// <summary>
    /// Rise until then that counts as one, fraction, 0 to below 1: what a round trip costs. 0.012 is two maker fees of
    /// 0.6 %.
    /// </summary>
    public double CostThreshold { get; init; } = 0.012;

    /// <summary>Pairs with the largest volume whose indicators every pair's prediction sees, 0 to 5.</summary>
    public int Leaders { get; init; } = 2;

    /// <summary>Closes after which an example counts half, above 0. 4,032 is two weeks of 5-minute candles.</summary>
    public double HalfLifeCloses { get; init; } = 4032;

    /// <summary>
    /// L2 penalty on each weight, above 0, in examples. Of 20, 50, 200 and 1,000 the first had the least log loss at
    /// the default horizon on both sets of development data.
    /// </summary>
    public double Ridge { get; init; } = 20;

    /// <summary>Closes with known outcomes before the model says anything, at least 1. 576 is two days.</summary>
    public int WarmUpCloses { get; init; } = 576;

    /// <summary>All that is wrong with these options.</summary>
    /// <param name="path">Where the options stand; each fault begins with it.</param>
    /// <returns>In the order of the properties; empty when they can be used.</returns>
    public IReadOnlyList<ConfigurationFault> Faults(string path = "fusion")
    {
        List<ConfigurationFault> faults = [];
        Demand(HorizonCloses is >= 1 and <= MostHorizonCloses, "horizonCloses", HorizonCloses, "1 to 288");
        bool isFraction = CostThreshold is >= 0 and < 1;
        Demand(isFraction, "costThreshold", CostThreshold, "0 to below 1, a fraction: 0.012 means 1.2 %");
        Demand(Leaders is >= 0 and <= MostLeaders, "leaders", Leaders, "0 to 5");
        bool forgets = double.IsFinite(HalfLifeCloses) && HalfLifeCloses > 0;
        Demand(forgets, "halfLifeCloses", HalfLifeCloses, "above 0 (closes)");
        Demand(double.IsFinite(Ridge) && Ridge > 0, "ridge", Ridge, "above 0 (examples)");
        Demand(WarmUpCloses >= 1, "warmUpCloses", WarmUpCloses, "at least 1");
        return faults;

        void Demand(bool holds, string name, double value, string allowed)
        {
            if (!holds)
            {
                string text = value.ToString(CultureInfo.InvariantCulture);
                faults.Add(new ConfigurationFault($"{path}.{name}", text, allowed));
            }
        }
    }

    internal FusionOptions Checked() => Faults() is { Count: > 0 } faults
        ? throw new ConfigurationException(faults)
        : this;

    internal static string[] Names { get; } =
        ["horizonCloses", "costThreshold", "leaders", "halfLifeCloses", "ridge", "warmUpCloses"];

    internal double[] Numbers() => [HorizonCloses, CostThreshold, Leaders, HalfLifeCloses, Ridge, WarmUpCloses];
}
