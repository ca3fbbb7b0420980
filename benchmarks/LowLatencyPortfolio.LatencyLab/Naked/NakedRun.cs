using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Run;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// The bundled sample through the whole engine and the paper venue, as <c>llp run</c> plays it: what came of its last
/// day, on which the market fell, and of all of it.
/// </summary>
internal static class NakedRun
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    /// <param name="latencyMs">From a command to its effect at the paper venue, ms of event time.</param>
    /// <param name="progress">Told what is being done.</param>
    /// <exception cref="InvalidOperationException">The sample does not stand beside the program, or is
    /// faulty.</exception>
    public static NakedResult Run(int latencyMs, Action<string> progress)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("llp-lab-");
        try
        {
            progress("looking through the sample");
            ReplayRequest request = Prepare(Path.Combine(folder.FullName, "llp.db"));
            return Play(request with { Paper = request.Paper with { LatencyMs = latencyMs } }, progress);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ReplayRequest Prepare(string database)
    {
        FaultLines faults = new();
        RunOptions sample = new([], null, null, database, Topology.Inline, null, Recapitalize: false);
        return new RunPreparation(faults, []).Prepare(sample, new RunProgress())
            ?? throw new InvalidOperationException("the bundled sample: " + string.Join("; ", faults.Lines));
    }

    private static NakedResult Play(ReplayRequest request, Action<string> progress)
    {
        long dayNs = request.Catalog.LastTimeNs / EventTime.Day * EventTime.Day;
        using StateJournal journal = StateJournal.Open(
            request.DatabasePath, new JournalOptions { EngineId = ReplayIdentity.Of(request).EngineId },
            request.Portfolio, request.Pairs);
        using ReplayFeed feed = new(request.Catalog, request.Pairs);
        bool[] fromBars = feed.PlayedFromBars();
        PaperExchange paper = new(request.Paper, request.Pairs, request.Portfolio.TotalCapital, fromBars);
        RequestMeter whole = new(paper, sinceNs: 0);
        RequestMeter day = new(whole, dayNs);
        using TradingPipeline pipeline = new(
            ReplayRunner.Options(request), request.Portfolio, ReplayRunner.WithPriceAges(request.Pairs, fromBars), day,
            journal);
        ReplayFeeder feeder = new(pipeline, paper, journal, feed, request.Entries);
        pipeline.Start();
        NakedTimes before = default;
        long ticksBefore = 0;
        progress("playing the sample");
        do
        {
            if (feeder.LastEventNs < dayNs)
            {
                before = pipeline.ReadNakedTimes();
                ticksBefore = feeder.Events;
            }
        }
        while (feeder.Step());
        progress("");
        NakedTimes after = pipeline.ReadNakedTimes();
        NakedResult result = new(
            Span(dayNs, feeder.LastEventNs, feeder.Events - ticksBefore, Differences(after, before), day),
            Span(request.Catalog.FirstTimeNs, feeder.LastEventNs, feeder.Events, Differences(after, default), whole));
        _ = pipeline.Stop(StopLimit);
        return result;
    }

    private static NakedSpan Span(long fromNs, long toNs, long ticks, long[] counts, RequestMeter meter) =>
        new(fromNs, ticks, counts, meter.Rates(TimeSpan.FromTicks((toNs - fromNs) / TimeSpan.NanosecondsPerTick)));

    private static long[] Differences(NakedTimes later, NakedTimes earlier)
    {
        long[] counts = new long[NakedTimes.UpToMs.Length + 1];
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = later.CountOf(i) - earlier.CountOf(i);
        }

        return counts;
    }
}
