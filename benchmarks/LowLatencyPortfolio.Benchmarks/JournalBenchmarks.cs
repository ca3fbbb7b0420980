using BenchmarkDotNet.Attributes;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Benchmarks;

/// <summary>
/// State changes: what appending one costs the pipeline's thread, and how long one takes to the disk.
/// </summary>
[MemoryDiagnoser]
public class JournalBenchmarks
{
    private const int Burst = 10_000;

    private DirectoryInfo? _folder;
    private StateJournal? _journal;
    private StateChange _change;

    [GlobalSetup]
    public void Open()
    {
        ProductSpec product = new("BTC-USD", 0.01m, 0.0001m, 0.0001m, 1m);
        PairSetup[] pairs = PairSetup.Arrange([(product, new PairConfig { ProductId = product.ProductId })]);
        _folder = Directory.CreateTempSubdirectory("llp-benchmarks-");
        _journal = StateJournal.Open(
            Path.Combine(_folder.FullName, "journal.sqlite"), new JournalOptions(), new PortfolioConfig(), pairs);
        _ = _journal.RaiseEpoch();
        _journal.Warm(2 * Burst);
        _change = new StateChange
        {
            Kind = StateChangeKind.History,
            Action = HistoryAction.StopReplaced,
            Price = 43_251_07000000,
            Quantity = 462_0000,
            OrderSequence = 1,
            PositionId = 1,
            TimeNs = 1_700_000_000_000_000_000,
            EndOfEvent = true,
        };
    }

    [GlobalCleanup]
    public void Close()
    {
        _journal!.Dispose();
        _folder!.Delete(recursive: true);
    }

    [IterationSetup(Target = nameof(Append))]
    public void Drain() => _ = _journal!.WaitUntilQueuedAtMost(0);

    /// <summary>The pipeline's side, while the writer encodes and commits what came before.</summary>
    [Benchmark(OperationsPerInvoke = Burst)]
    public void Append()
    {
        for (int i = 0; i < Burst; i++)
        {
            _journal!.Append(in _change);
        }
    }

    /// <summary>Encoding, binding and committing included: until the last of the burst is on the disk.</summary>
    [Benchmark(OperationsPerInvoke = Burst)]
    public void AppendUntilCommitted()
    {
        Append();
        _ = _journal!.WaitUntilQueuedAtMost(0);
    }
}
