using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Host.Candles;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Entries;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Run;

/// <summary>
/// Reads and checks all that a run needs, before anything starts; every fault of every file is found in one go.
/// </summary>
/// <param name="faults">Takes the faults; while there are any, there is no run.</param>
/// <param name="notes">Takes what a user should know although nothing is wrong.</param>
internal sealed class RunPreparation(FaultLines faults, List<string> notes)
{
    private const string NoFile = "configuration";

    /// <summary>Makes a run of the options.</summary>
    /// <param name="options">From the command line.</param>
    /// <param name="progress">Where the feeder says how far it is.</param>
    /// <returns>The run; null when there are faults.</returns>
    public ReplayRequest? Prepare(RunOptions options, RunProgress progress)
    {
        ArgumentReview.Check(options, faults);
        if (!faults.AreEmpty)
        {
            return null;
        }

        RunInputs inputs = RunInputs.Of(options);
        RunConfiguration? configuration =
            inputs.Config is null ? new RunConfiguration() : ConfigurationFile.Load(inputs.Config, faults);
        ReplayCatalog? catalog = Scan(inputs.Ticks, configuration?.Products ?? []);
        RunFiles.CheckTarget(
            "--json", options.JsonToOutput ? null : options.Json, ", or - for standard output", faults);
        RunFiles.CheckTarget("--record", options.Record, string.Empty, faults);
        PairSetup[] pairs = catalog is null ? [] : Pairs(configuration ?? new RunConfiguration(), catalog);
        if (configuration is not null)
        {
            Review(inputs.Config ?? NoFile, configuration, pairs);
        }

        if (options.Signals && catalog is not null && configuration is not null)
        {
            BarFit.Check(
                catalog, configuration.Signals.Confirmation.CandleSeconds, inputs.Config ?? NoFile,
                RunSignals.CandleSecondsField, faults);
        }

        IReadOnlyList<ScriptedCommand> entries = inputs.Entries is null || catalog is null
            ? []
            : ScriptedEntries.Load(inputs.Entries, pairs, faults);
        if (options.Signals)
        {
            notes.Add(RunSignals.Note(configuration?.Signals ?? new SignalOptions()));
        }
        else if (entries.Count == 0)
        {
            notes.Add("no scripted entries (--entries): nothing will be bought");
        }

        if (configuration is not null && RunRebalance.Note(configuration.Rebalance) is { } note)
        {
            notes.Add(note);
        }

        if (!faults.AreEmpty || configuration is null || catalog is null)
        {
            return null;
        }

        return new ReplayRequest
        {
            Portfolio = configuration.Portfolio,
            Pairs = pairs,
            Paper = configuration.Paper,
            Catalog = catalog,
            Entries = entries,
            Signals = options.Signals ? RunSignals.SourceOf(configuration.Signals) : null,
            Rebalance = configuration.Rebalance,
            DatabasePath = RunFiles.Database(options.Database),
            Topology = options.Topology,
            Recapitalize = options.Recapitalize,
            RecordPath = options.Record is null ? null : Path.GetFullPath(options.Record),
            Progress = progress.Report,
        };
    }

    private ReplayCatalog? Scan(IReadOnlyList<string> paths, IEnumerable<ProductSpec> known)
    {
        try
        {
            ReplayCatalog catalog = ReplayCatalog.Scan(paths, known);
            notes.AddRange(catalog.Notes);
            return catalog;
        }
        catch (ReplayDataException e)
        {
            faults.Add("--ticks", e.Message);
            return null;
        }
    }

    private PairSetup[] Pairs(RunConfiguration configuration, ReplayCatalog catalog)
    {
        IEnumerable<DataProduct> data = catalog.Products.Select(
            product => new DataProduct(product.ProductId, product.PriceIncrement, product.QuantityIncrement));
        return PairResolution.Resolve(configuration, data, faults, notes);
    }

    private void Review(string place, RunConfiguration configuration, PairSetup[] pairs)
    {
        HashSet<string> listed = [.. configuration.Pairs.Select(pair => pair.ProductId)];
        IEnumerable<ProductSpec> products = configuration.Products.Concat(pairs.Select(pair => pair.Product));
        ConfigurationReview.Check(
            place,
            configuration,
            pairs.Select(pair => pair.Config).Where(pair => !listed.Contains(pair.ProductId)),
            [.. products.DistinctBy(product => product.ProductId)],
            faults,
            notes);
    }
}
