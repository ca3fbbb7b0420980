using LowLatencyPortfolio.ExchangeSim.CommandLine;
using LowLatencyPortfolio.ExchangeSim.Play;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.ExchangeSim.Hosting;

/// <summary>What trades: the scanned files and their products.</summary>
/// <param name="Catalog">The files.</param>
/// <param name="Pairs">The products by index.</param>
internal sealed record SimData(ReplayCatalog Catalog, PairSetup[] Pairs)
{
    /// <summary>Looks through the files.</summary>
    /// <param name="options">Names them.</param>
    /// <param name="faults">Takes one line a fault.</param>
    /// <returns>Null with faults.</returns>
    public static SimData? Scan(SimOptions options, List<string> faults)
    {
        try
        {
            ReplayCatalog catalog = ReplayCatalog.Scan(options.Ticks, options.Products);
            PairSetup[] pairs = ProductList.Arrange(catalog, options.Products, faults);
            return faults.Count == 0 ? new SimData(catalog, pairs) : null;
        }
        catch (ReplayDataException e)
        {
            faults.Add($"--ticks: {e.Message}");
            return null;
        }
    }
}
