using System.Diagnostics;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// Publishes tick k at t0 + k·I, whatever happened before: a late sender sends at once and the schedule does not move,
/// so a stall shows in the latency of every tick that should have been sent meanwhile.
/// </summary>
internal sealed class PacedFeed(TradingPipeline pipeline, TickStream stream, int rate)
{
    private readonly bool _isInline = pipeline.Options.Topology == Topology.Inline;
    private int _other;
    private long _eventNs = stream.StartNs;

    /// <summary>When tick k was to be sent, clock ns.</summary>
    public long[] Intended { get; } = Touched(stream.Ticks.Length);

    /// <summary>When it was sent.</summary>
    public long[] Sent { get; } = Touched(stream.Ticks.Length);

    /// <summary>
    /// The longest this thread was away between two looks at the clock while it waited for tick k: the machine's own
    /// hiccup.
    /// </summary>
    public long[] Gaps { get; } = Touched(stream.Ticks.Length);

    /// <summary>Plays ticks <paramref name="from"/> to <paramref name="to"/> at the rate.</summary>
    public void Play(int from, int to)
    {
        long start = Stopwatch.GetTimestamp() + 1_000_000;
        for (int tick = from; tick < to; tick++)
        {
            long due = start + (long)((tick - from) * (1_000_000_000.0 / rate));
            Gaps[tick] = WaitUntil(due);
            Intended[tick] = due;
            Sent[tick] = Stopwatch.GetTimestamp();
            Publish(tick);
        }
    }

    /// <summary>Plays ticks as fast as the ring takes them.</summary>
    public void PlayAtOnce(int from, int to)
    {
        for (int tick = from; tick < to; tick++)
        {
            Publish(tick);
        }

        pipeline.WaitUntilHandled();
    }

    private static long WaitUntil(long due)
    {
        long longest = 0;
        long last = Stopwatch.GetTimestamp();
        while (last < due)
        {
            long now = Stopwatch.GetTimestamp();
            longest = Math.Max(longest, now - last);
            last = now;
        }

        return longest;
    }

    // The report of the order that this tick causes follows it at once, as if the venue had answered.
    private void Publish(int tick)
    {
        PlayOthers(tick);
        ref readonly PackedTick packed = ref stream.Ticks[tick];
        _eventNs += packed.StepNs;
        pipeline.PublishTick(
            packed.Product, _eventNs, _eventNs, packed.Price, packed.Lots * stream.LotUnits, tick + 1L);
        RunIfInline();
        PlayOthers(tick + 1);
    }

    private void PlayOthers(int before)
    {
        while (_other < stream.Others.Length && stream.Others[_other].BeforeTick <= before)
        {
            pipeline.Publish(in stream.Others[_other++].Event);
            RunIfInline();
        }
    }

    private void RunIfInline()
    {
        if (_isInline)
        {
            _ = pipeline.RunInline();
        }
    }

    private static long[] Touched(int count)
    {
        long[] values = new long[count];
        values.AsSpan().Fill(1);
        return values;
    }
}
