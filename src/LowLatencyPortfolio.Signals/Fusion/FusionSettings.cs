using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Signals;

/// <summary>Whether and how the fused model takes part in finding entries.</summary>
/// <remarks>Thread: immutable. Off unless <see cref="Enabled"/>.</remarks>
public sealed record FusionSettings
{
    private const int MostVersionCloses = 100_000;

    /// <summary>Whether the model learns and judges at each candle close.</summary>
    public bool Enabled { get; init; }

    /// <summary>
    /// Least probability of a rise with which a pair may be entered, above 0, below 1: 0.5 is more likely than not. A
    /// pair of which the model says nothing, because it warms up or an indicator is missing, is not entered.
    /// </summary>
    public decimal MinProbability { get; init; } = 0.5m;

    /// <summary>Whether the votes must stand too; without them the probability alone decides.</summary>
    public bool RequireVotes { get; init; } = true;

    /// <summary>
    /// Closes with known outcomes between two stored versions of the parameters, 1 to 100,000. 288 is a day of 5-minute
    /// candles.
    /// </summary>
    public int VersionCloses { get; init; } = 288;

    /// <summary>What it predicts, and how it learns.</summary>
    public FusionOptions Model { get; init; } = new();

    /// <summary>Looks at everything, also while it is off.</summary>
    /// <param name="path">Where the settings stand; each fault begins with it.</param>
    /// <returns>All faults; empty when they can be used.</returns>
    public IReadOnlyList<ConfigurationFault> Check(string path = "fusion")
    {
        FaultList faults = new();
        if (MinProbability is <= 0m or >= 1m)
        {
            string allowed = "above 0, below 1; 0.5 means more likely than not";
            faults.Add($"{path}.minProbability", FaultList.Text(MinProbability), allowed);
        }

        faults.Count($"{path}.versionCloses", VersionCloses, MostVersionCloses);
        return [.. faults.Faults, .. Model.Faults(path)];
    }
}
