using BenchmarkDotNet.Attributes;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Benchmarks;

/// <summary>
/// What readers beside the engine cost at a candle close: the matrix as rows on the disk, 19,900 of 200 pairs, in place
/// of those before, beside a commit of a single row.
/// </summary>
[MemoryDiagnoser]
public class CorrelationWriteBenchmarks
{
    private readonly Random _random = new(1);
    private DirectoryInfo? _folder;
    private StateJournal? _journal;
    private ReaderRows _matrix = new();
    private string _product = string.Empty;
    private decimal _price = 100m;

    [Params(10, 200)]
    public int Pairs { get; set; }

    [GlobalSetup]
    public void Open()
    {
        string[] names = [.. Enumerable.Range(0, Pairs).Select(i => $"P{i:000}-USD")];
        PairSetup[] pairs = PairSetup.Arrange(names.Select(name => (
            new ProductSpec(name, 0.01m, 0.0001m, 0.0001m, 1m), new PairConfig { ProductId = name })));
        _folder = Directory.CreateTempSubdirectory("llp-benchmarks-");
        _journal = StateJournal.Open(
            Path.Combine(_folder.FullName, "journal.sqlite"), new JournalOptions(), new PortfolioConfig(), pairs);
        _ = _journal.RaiseEpoch();
        _matrix = new ReaderRows
        {
            Correlations = new CorrelationRows
            {
                ClosedAtNs = 1_700_000_000_000_000_000,
                CandleSeconds = 300,
                Closes = 1_000,
                EffectiveCloses = 400,
                MeanCorrelation = 0.5,
                Shrinkage = 0.1,
                ProductIds = names,
                AreMeasured = [.. names.Select(_ => true)],
                Volatilities = [.. names.Select(_ => 0.002)],
                Correlations = new double[Pairs * Pairs],
            },
        };
        _product = names[0];
    }

    [GlobalCleanup]
    public void Close()
    {
        _journal!.Dispose();
        _folder!.Delete(recursive: true);
    }

    [Benchmark(Baseline = true)]
    public void CommitOfOneRow()
    {
        _price += 0.01m;        // what stands already would write nothing
        _journal!.WriteRows(new ReaderRows { Marks = [new MarkRow(_product, _price, 1_700_000_000_000_000_000)] });
    }

    /// <summary>Other numbers each time, as at each close.</summary>
    [Benchmark]
    public void Matrix()
    {
        double[] numbers = _matrix.Correlations!.Correlations;
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = _random.NextDouble();
        }

        _journal!.WriteRows(_matrix);
    }
}
