using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>Publish to order handed over, at a fixed rate, with every tick moving a stop.</summary>
internal static class LatencyRun
{
    private const int FastWarmUpTicks = 100_000;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    /// <summary>Runs a warm-up at full speed, one second at the rate, then the measured seconds.</summary>
    /// <exception cref="InvalidOperationException">The number of orders is not the number of ticks.</exception>
    public static LatencyResult Run(LatencyOptions options, Action<string> progress)
    {
        progress("recording the ticks");
        int warmUp = FastWarmUpTicks + options.Rate;
        LabSetup setup = Setup(options);
        TickStream stream = Record(setup, warmUp + options.Ticks, (uint)(1_000_000_000 / options.Rate));
        if (stream.Orders != stream.Ticks.Length)
        {
            throw new InvalidOperationException(
                $"{stream.Ticks.Length} ticks were recorded with {stream.Orders} orders; each is meant to cause one");
        }

        PipelineWarmUp.Run();
        StampingOrderSink sink = new();
        using TradingPipeline pipeline = new(setup.Pipeline, setup.Config, setup.Pairs, sink, new CountingStateSink());
        pipeline.Start();
        Open(pipeline, stream);
        sink.Begin(stream.Ticks.Length);
        PacedFeed feed = new(pipeline, stream, options.Rate);
        progress("warming up");
        feed.PlayAtOnce(0, FastWarmUpTicks);
        feed.Play(FastWarmUpTicks, warmUp);
        GC.Collect();
        progress($"measuring {options.Seconds} s at {options.Rate:N0} ticks/s");
        ProcessWatch before = ProcessWatch.Now();
        feed.Play(warmUp, stream.Ticks.Length);
        pipeline.WaitUntilHandled();
        ProcessWatch window = ProcessWatch.Now().Since(before);
        progress("");
        _ = pipeline.Stop(StopLimit);
        if (sink.Count != stream.Ticks.Length || pipeline.Hash != stream.EndHash)
        {
            throw new InvalidOperationException(
                $"{sink.Count} orders from {stream.Ticks.Length} ticks, "
                + $"state {pipeline.Hash} instead of {stream.EndHash}");
        }

        return Result(feed, sink, warmUp, window);
    }

    public static LabSetup Setup(LatencyOptions options) => new(
        LabPortfolio.Pairs(options.Pairs, minRatchet: 0m),
        LabPortfolio.Config(options.Pairs),
        new PipelineOptions
        {
            Topology = options.Topology, Wait = options.Wait, OrderCapacity = Math.Max(4096, 4 * options.Pairs),
        });

    // Every tick two increments above the pair's last: its stop belongs at least one increment higher.
    public static TickStream Record(LabSetup setup, int ticks, uint stepNs)
    {
        const double TwoIncrementsBp = 0.024;
        long[] prices =
            [.. setup.Pairs.Select(pair => decimal.ToInt64(LabPortfolio.StartPrice * pair.Product.PriceScale))];
        RandomWalk walk = new(
            prices, setup.Pairs[0].Product.PriceIncrementUnits, seed: 1, stepBp: 0, driftBp: TwoIncrementsBp);
        return StreamRecorder.Record(
            new StreamOptions(ticks, setup.Pairs.Length, Seed: 1, WakePct: 100, stepNs), setup, walk);
    }

    private static void Open(TradingPipeline pipeline, TickStream stream)
    {
        foreach (ref readonly PlacedEvent placed in stream.Opening.AsSpan())
        {
            pipeline.Publish(in placed.Event);
        }

        pipeline.WaitUntilHandled();
    }

    private static LatencyResult Result(PacedFeed feed, StampingOrderSink sink, int from, ProcessWatch window)
    {
        ReadOnlySpan<long> handed = sink.Stamps[from..];
        ReadOnlySpan<long> intended = feed.Intended.AsSpan(from);
        ReadOnlySpan<long> sent = feed.Sent.AsSpan(from);
        double seconds = (sent[^1] - sent[0]) / 1e9;
        return new LatencyResult(
            Percentiles.Of(Differences(handed, intended)),
            Percentiles.Of(Differences(handed, sent)),
            Percentiles.Of(Differences(sent, intended)),
            Percentiles.Of(feed.Gaps.AsSpan(from)),
            window,
            (sent.Length - 1) / seconds);
    }

    private static long[] Differences(ReadOnlySpan<long> later, ReadOnlySpan<long> earlier)
    {
        long[] differences = new long[later.Length];
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = later[i] - earlier[i];
        }

        return differences;
    }
}
