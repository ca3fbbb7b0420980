using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>A recorded piece of trading: ticks, and between them the reports and timers that belong there.</summary>
/// <remarks>
/// Order reports are part of the recording, so a run needs no gateway that answers: whoever handles these events in
/// this order sends the same orders and ends in <see cref="EndHash"/>.
/// </remarks>
internal sealed class TickStream
{
    // Played in pieces, so that the loop is called often enough to be compiled with what was learned from running it.
    private const int PieceTicks = 4096;

    /// <summary>Opens the positions: ticks, entries, intents, fills, stops. Not measured.</summary>
    public required PlacedEvent[] Opening { get; init; }

    public required PackedTick[] Ticks { get; init; }

    public required PlacedEvent[] Others { get; init; }

    public required long StartNs { get; init; }

    public required long LotUnits { get; init; }

    public required StateHash EndHash { get; init; }

    /// <summary>Ticks that ran the decimal path of the ratchet, fraction.</summary>
    public required double WakeShare { get; init; }

    /// <summary>Orders that the measured part sends.</summary>
    public required long Orders { get; init; }

    public void PlayOpening<TPublisher>(ref TPublisher publisher)
        where TPublisher : struct, IEventPublisher
    {
        foreach (ref readonly PlacedEvent placed in Opening.AsSpan())
        {
            publisher.Other(in placed.Event);
        }
    }

    public void Play<TPublisher>(ref TPublisher publisher)
        where TPublisher : struct, IEventPublisher
    {
        Cursor at = new(StartNs);
        while (at.Tick < Ticks.Length)
        {
            PlayPiece(ref publisher, ref at);
        }
    }

    private void PlayPiece<TPublisher>(ref TPublisher publisher, ref Cursor at)
        where TPublisher : struct, IEventPublisher
    {
        int end = Math.Min(at.Tick + PieceTicks, Ticks.Length);
        while (at.Tick < end)
        {
            int stop = Math.Min(end, at.Other < Others.Length ? Others[at.Other].BeforeTick : end);
            if (stop == at.Tick)
            {
                publisher.Other(in Others[at.Other++].Event);
                continue;
            }

            at.TimeNs = PlayTicks(ref publisher, Ticks.AsSpan(at.Tick, stop - at.Tick), at.Tick, at.TimeNs);
            at.Tick = stop;
        }
    }

    private long PlayTicks<TPublisher>(ref TPublisher publisher, ReadOnlySpan<PackedTick> ticks, int first, long timeNs)
        where TPublisher : struct, IEventPublisher
    {
        long lot = LotUnits;
        long tradeKey = first + 1L;
        foreach (ref readonly PackedTick tick in ticks)
        {
            timeNs += tick.StepNs;
            publisher.Tick(tick.Product, timeNs, tick.Price, tick.Lots * lot, tradeKey++);
        }

        return timeNs;
    }

    private struct Cursor(long timeNs)
    {
        public int Tick;
        public int Other;
        public long TimeNs = timeNs;
    }
}
