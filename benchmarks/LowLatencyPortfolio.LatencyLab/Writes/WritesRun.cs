using System.Diagnostics;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// Plays ticks that all move a stop, so that every event makes state changes, to a pipeline whose journal is an SQLite
/// file; and the same ticks to one without a file, to see what the journal costs the pipeline's thread.
/// </summary>
internal sealed class WritesRun(string folder, Action<string> progress)
{
    private const int Pairs = 10;
    private const int ChangesInFlight = 400_000;

    /// <summary>One run on a database of its own.</summary>
    /// <param name="rows">Least number of state changes.</param>
    public WritesResult Run(int rows)
    {
        LabSetup setup = LatencyRun.Setup(new LatencyOptions(100_000, 1, Pairs, Topology.Inline, WaitMode.BusySpin));
        progress("counting changes a tick");
        long perTick = ChangesPerTick(setup);
        TickStream stream = LatencyRun.Record(setup, ticks: (int)((rows + perTick - 1) / perTick), stepNs: 10_000);
        progress("without a journal");
        CountingStateSink counted = new();
        _ = Play(setup, stream, counted, drain: null);      // warm-up: the code is compiled
        counted = new CountingStateSink();
        double bareNs = Play(setup, stream, counted, drain: null).HandledNs;
        progress("to SQLite");
        return Journaled(setup, stream, bareNs);
    }

    private static long ChangesPerTick(LabSetup setup)
    {
        const int Sample = 1_000;
        CountingStateSink sink = new();
        _ = Play(setup, LatencyRun.Record(setup, Sample, 10_000), sink, drain: null);
        return Math.Max(1, sink.Changes / Sample);
    }

    private WritesResult Journaled(LabSetup setup, TickStream stream, double bareNs)
    {
        string path = Path.Combine(folder, "writes.sqlite");
        using StateJournal journal = StateJournal.Open(path, new JournalOptions(), setup.Config, setup.Pairs);
        _ = journal.RaiseEpoch();
        journal.Warm(ChangesInFlight);
        CountingJournal counting = new(journal);
        long transactions = journal.Transactions;
        long start = Stopwatch.GetTimestamp();
        PlayTimes times = Play(setup, stream, counting, () => journal.WaitUntilQueuedAtMost(ChangesInFlight / 2));
        long left = journal.Queued;
        Require(journal.WaitUntilQueuedAtMost(0) && journal.Dropped == 0 && journal.Lost == 0, journal);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        transactions = journal.Transactions - transactions;
        journal.Complete();
        long events = stream.Ticks.Length + stream.Others.Length;
        double handledNs = times.HandledNs - times.WaitedNs;
        return new WritesResult(
            counting.Changes, counting.Changes / seconds, transactions, (handledNs - bareNs) / counting.Changes,
            handledNs / events,
            bareNs / events, times.WaitedNs / times.HandledNs, left);
    }

    private static void Require(bool isWritten, StateJournal journal)
    {
        if (!isWritten)
        {
            throw new InvalidOperationException(
                $"the journal lost changes: {journal.Fault ?? journal.Health.ToString()}");
        }
    }

    private static PlayTimes Play(LabSetup setup, TickStream stream, IStateSink sink, Func<bool>? drain)
    {
        using TradingPipeline pipeline = new(setup.Pipeline, setup.Config, setup.Pairs, new CountingOrderSink(), sink);
        pipeline.Start();
        BoundedPublisher publisher = new(pipeline, drain);
        stream.PlayOpening(ref publisher);
        long start = Stopwatch.GetTimestamp();
        publisher.WaitedNs = 0;
        stream.Play(ref publisher);
        return new PlayTimes(Stopwatch.GetElapsedTime(start).TotalNanoseconds, publisher.WaitedNs);
    }

    private readonly record struct PlayTimes(double HandledNs, double WaitedNs);

    /// <summary>Publishes and handles event by event; now and then asks whether the journal keeps up.</summary>
    private struct BoundedPublisher(TradingPipeline pipeline, Func<bool>? drain) : IEventPublisher
    {
        private const int EventsBetweenLooks = 1024;

        private int _events;

        public double WaitedNs { get; set; }

        public void Tick(int product, long timeNs, long price, long quantity, long tradeKey)
        {
            pipeline.PublishTick(product, timeNs, timeNs, price, quantity, tradeKey);
            _ = pipeline.RunInline();
            if (++_events % EventsBetweenLooks == 0 && drain is not null)
            {
                long start = Stopwatch.GetTimestamp();
                _ = drain();
                WaitedNs += Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            }
        }

        public void Other(in TradingEvent source)
        {
            pipeline.Publish(in source);
            _ = pipeline.RunInline();
        }
    }

    private sealed class CountingJournal(StateJournal journal) : IStateSink
    {
        public long Changes { get; private set; }

        public void Append(in StateChange change)
        {
            Changes++;
            journal.Append(in change);
        }
    }
}
