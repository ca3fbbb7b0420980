using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Paper;

namespace LowLatencyPortfolio.Pipeline.Tests;

/// <summary>Alone: collections are counted for the whole process, and other tests make garbage.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;

/// <summary>DESIGN law 4: after warm-up nothing allocates on the thread that publishes and runs the stages.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const long Second = 1_000_000_000;
    private const int WarmUpTicks = 400_000;
    private const int MeasuredTicks = 5_000_000;

    [Fact]
    public void Five_million_ticks_with_ratchets_stops_and_fills_allocate_nothing()
    {
        TradingDay day = new();
        day.Run(WarmUpTicks);

        // The least of a few runs: the runtime itself may allocate while it recompiles a method that has become hot;
        // code that allocates does so every time.
        (long Bytes, int Collections) least = (long.MaxValue, int.MaxValue);
        for (int run = 0; run < 5 && least != (0, 0); run++)
        {
            PipelineCounters before = day.Pipeline.Counters;
            int collections = GC.CollectionCount(0);
            long bytes = GC.GetAllocatedBytesForCurrentThread();
            day.Run(MeasuredTicks);
            bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
            collections = GC.CollectionCount(0) - collections;
            least = (Math.Min(least.Bytes, bytes), Math.Min(least.Collections, collections));
            output.WriteLine($"{bytes} bytes, {collections} collections; {day.Pipeline.Counters}");
            AssertTraded(before, day.Pipeline.Counters);
        }

        Assert.Equal((0, 0), least);
    }

    private static void AssertTraded(PipelineCounters before, PipelineCounters after)
    {
        Assert.True(after.Ticks - before.Ticks == MeasuredTicks);
        Assert.True(after.StopsReplaced - before.StopsReplaced > 1_000, "too few ratchets to prove anything");
        Assert.True(after.Exits - before.Exits > 100, "too few exits to prove anything");
        Assert.True(after.Fills - before.Fills > 200, "too few fills to prove anything");
    }

    [Fact]
    public void The_meter_sees_one_small_object()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        object made = new();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(made);
        Assert.True(allocated >= IntPtr.Size * 2, $"{allocated} bytes");
    }

    /// <summary>Four pairs whose prices climb for a while and then fall through their stops, over and over.</summary>
    private sealed class TradingDay : IStateSink
    {
        private readonly PaperExchange _paper;
        private readonly (int Product, long Sequence)[] _intents = new (int, long)[64];
        private readonly long[] _prices = [10_000_00000000, 500_00000000, 20_00000000, 1_00000000];
        private int _waiting;
        private long _nowNs = 1_700_000_000 * Second;
        private long _nextTimerNs = 1_700_000_001 * Second;
        private long _ticks;

        public TradingDay()
        {
            PairSetup[] pairs = PairSetup.Arrange(Enumerable.Range(0, 4).Select(i => (
                new ProductSpec($"P{i}-USD", 0.01m, 0.0001m),
                new PairConfig
                {
                    ProductId = $"P{i}-USD", MaxEntriesPerHour = 1000, MinRatchet = 0.0005m,
                    TrailPct = 0.01m, TickCollarPct = 50m,
                })));
            PortfolioConfig portfolio = new()
            {
                EmergencyLiquidationLossPct = -99m, DailyLossPct = -99m, MaxCorrelatedExposurePct = 100m,
                TotalCapital = 1_000_000_000m, MaxConcurrentEntries = 10,
            };
            _paper = new PaperExchange(
                new PaperConfig { MakerFee = 0m, TakerFee = 0m, SlippageBps = 0m }, pairs, portfolio.TotalCapital,
                new bool[4]);
            Pipeline = new TradingPipeline(new PipelineOptions { RingCapacity = 256 }, portfolio, pairs, _paper, this);
            Pipeline.Start();
        }

        public TradingPipeline Pipeline { get; }

        public void Append(in StateChange change)
        {
            if (change.WantsAnswer)
            {
                _intents[_waiting++] = (change.Product, change.OrderSequence);
            }
        }

        public void Run(int ticks)
        {
            for (int i = 0; i < ticks; i++)
            {
                Tick();
            }
        }

        private void Tick()
        {
            _ticks++;
            int product = (int)(_ticks % 4);
            _nowNs += Second / 100;
            while (_nextTimerNs <= _nowNs)
            {
                Publish(EventKind.Timer, -1, 0, _nextTimerNs);
                _nextTimerNs += Second;
                Close();
            }

            // 1,500 steps up by 1/20,000, then 500 down by 1/6,000.
            long phase = _ticks / 4 % 2_000;
            _prices[product] += phase < 1_500 ? _prices[product] / 20_000 : -(_prices[product] / 6_000);
            MarketTick tick =
                new() { Product = product, TimeNs = _nowNs, Price = _prices[product], Quantity = 1_0000_0000 };
            _paper.Match(in tick);
            PublishReports();
            Pipeline.PublishTick(product, _nowNs, _nowNs, _prices[product], tick.Quantity, _ticks);
            Close();
            if (phase is >= 100 and < 104)
            {
                Publish(EventKind.EntryCommand, product, 0, _nowNs);
                Close();
            }
        }

        private void Close()
        {
            bool moved = true;
            while (moved)
            {
                Pipeline.WaitUntilHandled();
                _paper.TakeInbox();
                int intents = _waiting;
                moved = Pipeline.DrainOutbox() > 0;
                moved |= _paper.Deliver(_nowNs) > 0;
                PublishReports();
                for (int i = 0; i < intents; i++)
                {
                    Publish(EventKind.IntentDurable, _intents[i].Product, _intents[i].Sequence, _nowNs);
                }

                _waiting = 0;
                moved |= intents > 0;
            }
        }

        private void PublishReports()
        {
            foreach (ref readonly TradingEvent report in _paper.Reports)
            {
                Pipeline.Publish(in report);
            }

            _paper.ClearReports();
        }

        private void Publish(EventKind kind, int product, long sequence, long timeNs)
        {
            TradingEvent e = new()
            {
                Kind = kind, Count = 1, Product = product, OrderSequence = sequence, ReceivedAtNs = timeNs,
                OrderType = OrderType.Market,
            };
            Pipeline.Publish(in e);
        }
    }
}
