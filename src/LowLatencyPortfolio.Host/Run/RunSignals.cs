using System.Globalization;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Host.Run;

/// <summary>What stands behind <c>--signals</c>: the built-in confirmation.</summary>
internal static class RunSignals
{
    /// <summary>The field of the configuration that says how long candles are, as fault lines name it.</summary>
    public const string CandleSecondsField = "signals.candleSeconds";

    // Part of a replay's identity: raise it when the same candles no longer give the same entries.
    private const string Identity = "confirmation-2";

    /// <summary>The signals of a replay.</summary>
    public static SignalSource SourceOf(SignalOptions options) =>
        new(options, pairs => GeneratorOf(options, pairs), Identity);

    /// <summary>The generator for the pairs of a run.</summary>
    public static ISignalGenerator GeneratorOf(SignalOptions options, IEnumerable<PairSetup> pairs) =>
        new ConfirmationGenerator(
            options.Confirmation, pairs.Select(pair => (pair.Product, pair.Config)), options.Fusion);

    /// <summary>What a user should know of them, one line.</summary>
    public static string Note(SignalOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"entries come from signals: candles of {options.Confirmation.CandleSeconds} s, every vote can be cast after "
        + $"{options.Confirmation.WarmUpCandles} of them; after an exit {options.CooldownCandles} have to pass")
        + (options.Correlation is { } correlation
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"; groups are measured after {correlation.WarmUpCloses + correlation.ConfirmCloses}")
            : string.Empty)
        + FusionNote(options.Fusion);

    private static string FusionNote(FusionSettings fusion) => !fusion.Enabled ? string.Empty : string.Create(
        CultureInfo.InvariantCulture,
        $"; the fused model {(fusion.RequireVotes ? "decides with the votes" : "decides alone")}, after "
        + $"{fusion.Model.WarmUpCloses} closes with known outcomes");
}
