using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine.Tests;

public sealed class CandleConsumerTests
{
    private const long Second = 1_000_000_000;
    private const int CandleSeconds = 10;
    private const long Begin = 1_700_000_000 * Second;

    private readonly RoundQueue _queue = new(pairs: 2, capacity: 2);
    private readonly CandleConsumer _consumer;

    public CandleConsumerTests() => _consumer = New(_queue);

    [Fact]
    public void A_candle_closes_at_the_first_timer_at_its_end_without_a_tick_in_the_next_one()
    {
        _consumer.OnTime(Begin);
        Tick(0, 3, 100, 5);
        Tick(0, 9, 101, 6);
        _consumer.OnTime(Begin + (10 * Second) - 1);
        Assert.False(_queue.TryPeek(out _));
        _consumer.OnTime(Begin + (10 * Second) + 7);

        Assert.True(_queue.TryPeek(out CandleRound round));
        Assert.Equal((Begin + (10 * Second), Begin + (10 * Second) + 7), (round.EndNs, round.AtNs));
        Candle candle = round.Candles[0];
        Assert.Equal(
            (100L, 101L, 100L, 101L, 2L, Begin),
            (candle.Open, candle.High, candle.Low, candle.Close, candle.Ticks, candle.OpenTimeNs));
        Assert.Equal((Int128)11, candle.Volume);
        Assert.Equal(0, round.Candles[1].Ticks);
        _queue.Release();
        Assert.Equal(0, _queue.Outstanding);
    }

    [Fact]
    public void All_candles_of_one_boundary_are_one_round_also_those_a_tick_closed_before_the_timer()
    {
        _consumer.OnTime(Begin);
        Tick(0, 1, 100, 1);
        Tick(1, 2, 200, 1);
        Tick(0, 10, 105, 1);                            // closes the first pair's candle
        Assert.False(_queue.TryPeek(out _));
        _consumer.OnTime(Begin + (10 * Second));
        Assert.True(_queue.TryPeek(out CandleRound round));
        Assert.Equal([100L, 200L], round.Candles.Select(candle => candle.Close));
        Assert.Equal(1, _queue.Outstanding);
        _queue.Release();
        _consumer.OnTime(Begin + (20 * Second));
        Assert.True(_queue.TryPeek(out round));
        Assert.Equal((105L, 0L), (round.Candles[0].Close, round.Candles[1].Ticks));
    }

    [Fact]
    public void Where_nothing_traded_there_is_no_round()
    {
        for (int i = 0; i < 100; i++)
        {
            _consumer.OnTime(Begin + (i * Second));
        }

        Assert.Equal(0, _queue.Outstanding);
    }

    [Fact]
    public void A_full_queue_drops_the_round_and_counts_it_and_the_next_one_comes()
    {
        for (int i = 0; i < 4; i++)
        {
            Tick(0, (i * 10) + 1, 100 + i, 1);
            _consumer.OnTime(Begin + ((i + 1) * 10 * Second));
        }

        Assert.Equal((2L, 2L), (_queue.Outstanding, _consumer.DroppedRounds));
        _queue.Release();
        Tick(0, 41, 104, 1);
        _consumer.OnTime(Begin + (50 * Second));
        _queue.Release();
        Assert.True(_queue.TryPeek(out CandleRound round));
        Assert.Equal(104L, round.Candles[0].Close);
        Assert.Equal(0, _consumer.LostCandles);
    }

    [Fact]
    public void A_tick_counts_at_its_venues_time_unless_that_lies_ahead_of_ours()
    {
        _consumer.OnTime(Begin);
        Publish(0, receivedAtNs: Begin + (10 * Second) + 5, venueTimeNs: Begin + (9 * Second), 100);
        Publish(1, receivedAtNs: Begin + (9 * Second), venueTimeNs: Begin + (900 * Second), 200);
        _consumer.OnTime(Begin + (10 * Second) + 6);
        Assert.True(_queue.TryPeek(out CandleRound round));
        Assert.Equal([100L, 200L], round.Candles.Select(candle => candle.Close));
        Publish(0, receivedAtNs: Begin + (10 * Second) + 7, venueTimeNs: Begin + (9 * Second), 101);
        Assert.Equal(1, _consumer.LateTicks);
    }

    [Fact]
    public void A_live_candle_stays_open_a_little_longer_for_trades_that_are_on_their_way()
    {
        CandleConsumer late = new(2, CandleSeconds, delayNs: Second / 2, _queue);
        late.OnTime(Begin);
        TradingEvent tick = NewTick(0, Begin + Second, 0, 100, 1);
        late.OnTick(in tick, 100, 100);
        late.OnTime(Begin + (10 * Second) + (4 * Second / 10));
        Assert.Equal(0, _queue.Outstanding);
        late.OnTime(Begin + (10 * Second) + (Second / 2));
        Assert.True(_queue.TryPeek(out CandleRound round));
        Assert.Equal(Begin + (10 * Second), round.EndNs);
    }

    [Fact]
    public void What_is_stored_goes_on_as_if_nothing_had_happened()
    {
        _consumer.OnTime(Begin);
        Tick(0, 1, 100, 1);
        Tick(1, 2, 200, 1);
        Tick(1, 10, 205, 2);
        TradingEvent sold = new()
        {
            Kind = EventKind.OrderReport, Report = ReportKind.Fill, Side = OrderSide.Sell, Product = 1,
            CumulativeQuantity = 3, NowNs = Begin + (3 * Second),
        };
        _consumer.OnReport(in sold);
        CheckpointWriter writer = new();
        _consumer.Save(writer);
        CandleConsumer second = New(_queue);
        second.Restore(new CheckpointReader(writer.Written));
        second.OnTime(Begin + (10 * Second));
        Assert.True(_queue.TryPeek(out CandleRound round));
        Assert.Equal([100L, 200L], round.Candles.Select(candle => candle.Close));
        Assert.Equal([0L, Begin + (3 * Second)], round.LastExitNs);
        _queue.Release();
        second.OnTime(Begin + (20 * Second));
        Assert.True(_queue.TryPeek(out round));
        Assert.Equal(205L, round.Candles[1].Close);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_allocates_nothing_and_the_meter_sees_what_is_allocated(bool litter)
    {
        const int Runs = 5;
        const int Ticks = 50_000;
        long least = long.MaxValue;
        for (int run = 0; run < Runs; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Play(run, Ticks, litter);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        if (litter)
        {
            Assert.True(least >= Ticks * 16L, $"{least} bytes");
        }
        else
        {
            Assert.Equal(0, least);
        }
    }

    private void Play(int run, int ticks, bool litter)
    {
        for (int i = 0; i < ticks; i++)
        {
            long nowNs = Begin + (((run * (long)ticks) + i) * Second / 10);
            if (i % 10 == 0)
            {
                _consumer.OnTime(nowNs);
            }

            Publish(i % 2, nowNs, nowNs, 100 + (i % 50));
            if (litter)
            {
                GC.KeepAlive(new object());
            }

            if (_queue.TryPeek(out _))
            {
                _queue.Release();
            }
        }
    }

    private static CandleConsumer New(RoundQueue queue) => new(2, CandleSeconds, delayNs: 0, queue);

    private void Tick(int product, int second, long price, long quantity)
    {
        TradingEvent e = NewTick(product, Begin + (second * Second), 0, price, quantity);
        _consumer.OnTick(in e, price, price);
    }

    private void Publish(int product, long receivedAtNs, long venueTimeNs, long price)
    {
        TradingEvent e = NewTick(product, receivedAtNs, venueTimeNs, price, 1);
        _consumer.OnTick(in e, price, price);
    }

    private static TradingEvent NewTick(int product, long receivedAtNs, long venueTimeNs, long price, long quantity) =>
        new()
        {
            Kind = EventKind.Tick, Count = 1, Product = product, ReceivedAtNs = receivedAtNs, VenueTimeNs = venueTimeNs,
            Price = price, Quantity = quantity,
        };
}
