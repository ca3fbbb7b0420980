using LowLatencyPortfolio.Host.CommandLine;

namespace LowLatencyPortfolio.Host.Run;

/// <summary>
/// The files of a run. The bundled sample's entries and configuration go with the sample's data and with no other; its
/// entries not with signals.
/// </summary>
/// <param name="Ticks">Files and folders of market data; none only with a live feed.</param>
/// <param name="Entries">Scripted entries; null for none.</param>
/// <param name="Config">Configuration; null for defaults.</param>
internal sealed record RunInputs(IReadOnlyList<string> Ticks, string? Entries, string? Config)
{
    /// <summary>The bundled sample, beside the program.</summary>
    public static string SampleFolder { get; } = Path.Combine(AppContext.BaseDirectory, "sample");

    /// <summary>Fills in what the options leave open.</summary>
    public static RunInputs Of(RunOptions options) => options.Ticks.Count > 0 || options.Feed is not null
        ? new RunInputs(options.Ticks, options.Entries, options.Config)
        : new RunInputs(
            [Path.Combine(SampleFolder, "ticks")],
            options.Entries ?? (options.Signals ? null : Path.Combine(SampleFolder, "entries.csv")),
            options.Config ?? Path.Combine(SampleFolder, "config.json"));
}
