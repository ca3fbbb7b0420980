using System.Globalization;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Run;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Host.Candles;

/// <summary>Reads and checks all that making candles needs, before the first is made; every fault in one go.</summary>
/// <param name="faults">Takes the faults; while there are any, there are no candles.</param>
/// <param name="notes">Takes what a user should know although nothing is wrong.</param>
internal sealed class CandlePreparation(FaultLines faults, List<string> notes)
{
    /// <summary>Makes the inputs of the options.</summary>
    /// <param name="options">Ticks, configuration and JSON target, as of a run.</param>
    /// <param name="interval">Length of a candle, seconds, as written; null takes that of the settings.</param>
    /// <param name="onlyOne">Whether the data may be of one product only.</param>
    /// <returns>Null when there are faults.</returns>
    public CandleInputs? Prepare(RunOptions options, string? interval, bool onlyOne)
    {
        ArgumentReview.Check(options, faults);
        int seconds = 0;
        if (interval is not null && !TryReadSeconds(interval, out seconds))
        {
            faults.Add(
                "--interval", $"is \"{FaultLines.Shown(interval)}\"; allowed: 1 to {int.MaxValue}, whole seconds");
        }

        if (!faults.AreEmpty)
        {
            return null;
        }

        RunInputs inputs = RunInputs.Of(options);
        RunConfiguration configuration = inputs.Config is null
            ? new RunConfiguration()
            : ConfigurationFile.Load(inputs.Config, faults) ?? new RunConfiguration();
        ConfirmationSettings settings = configuration.Signals.Confirmation;
        settings = settings with { CandleSeconds = interval is null ? settings.CandleSeconds : seconds };
        ReplayCatalog? catalog = Scan(inputs.Ticks, configuration);
        string? json = options.JsonToOutput ? null : options.Json;
        RunFiles.CheckTarget("--json", json, ", or - for standard output", faults);
        if (inputs.Config is not null)
        {
            // What it warns of concerns orders, which nobody sends here.
            ConfigurationReview.Check(inputs.Config, configuration, [], configuration.Products, faults, notes: []);
        }

        PairSetup[] pairs = [];
        if (catalog is not null)
        {
            if (interval is null && inputs.Config is { } file)
            {
                BarFit.Check(catalog, settings.CandleSeconds, file, RunSignals.CandleSecondsField, faults);
            }
            else
            {
                BarFit.Check(catalog, settings.CandleSeconds, "--interval", field: null, faults);
            }

            CheckProducts(catalog, onlyOne);
            pairs = PairResolution.Resolve(configuration, catalog.Products.Select(OfData), faults, []);
        }

        return faults.AreEmpty ? new CandleInputs(catalog!, pairs, settings, configuration.Signals.Fusion) : null;
    }

    private static DataProduct OfData(ReplayProduct product) =>
        new(product.ProductId, product.PriceIncrement, product.QuantityIncrement);

    private static bool TryReadSeconds(string text, out int seconds) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) && seconds > 0;

    private ReplayCatalog? Scan(IReadOnlyList<string> paths, RunConfiguration configuration)
    {
        try
        {
            ReplayCatalog catalog = ReplayCatalog.Scan(paths, configuration.Products);
            notes.AddRange(catalog.Notes);
            return catalog;
        }
        catch (ReplayDataException e)
        {
            faults.Add("--ticks", e.Message);
            return null;
        }
    }

    private void CheckProducts(ReplayCatalog catalog, bool onlyOne)
    {
        if (onlyOne && catalog.Products.Count > 1)
        {
            string found = string.Join(", ", catalog.Products.Select(product => product.ProductId));
            faults.Add("--ticks", $"has {found}; allowed: files of one product");
        }
    }
}
