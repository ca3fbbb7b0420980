using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests;

public sealed class AllocationTests
{
    private const int WarmUp = 20_000;
    private const int Measured = 200_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task The_engines_thread_allocates_nothing_for_ticks_and_the_meter_sees_what_is_allocated(int litter)
    {
        MeteredGateway? venue = null;
        TradingEngineOptions options =
            Market.Options(pairs => venue = new MeteredGateway(Market.Paper(pairs), litter)) with
            {
                Topology = Topology.Inline,     // the stages run on the metered thread too
            };
        await using TradingEngine engine = new(options, Market.Pairs(Market.Five));
        engine.Start();
        for (int i = 0; i < WarmUp + Measured; i++)
        {
            Assert.True(engine.PublishTick(Market.Five[i % 5], 100m + (i % 100 * 0.01m), 1m, 0, 0));
        }

        await Until.Done(engine.StopAsync());
        Assert.Equal(0, engine.Counters.TicksConflated);
        long allocated = venue!.AllocatedAtEnd - venue.AllocatedWhenWarm;
        if (litter == 0)
        {
            Assert.Equal(0, allocated);
        }
        else
        {
            Assert.InRange(allocated, Measured * 24L, Measured * 32L);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task What_listeners_are_told_costs_the_engines_thread_no_garbage(int litter)
    {
        MeteredGateway? venue = null;
        TradingEngineOptions options =
            Market.Options(pairs => venue = new MeteredGateway(Market.Paper(pairs), litter)) with
            {
                Topology = Topology.Inline,
            };
        await using MultiPairOrchestrator orchestrator = Market.Started(options, "BTC-USD");
        using EngineEvents events = orchestrator.Engine.Listen();
        using EngineEvents unread = orchestrator.Engine.Listen(capacity: 1);
        Task<int> reading = Task.Run(async () =>
        {
            int told = 0;
            await foreach (EngineEvent _ in events.Reader.ReadAllAsync())
            {
                told++;
            }

            return told;
        });
        await Market.HoldAsync(orchestrator, "BTC-USD");
        for (int i = 0; i < WarmUp + Measured; i++)
        {
            // It rises all the time: now and then a tick moves the stop. Each entry is refused and told.
            Assert.True(orchestrator.Engine.PublishTick("BTC-USD", 100m + (i * 0.01m), 1m, 0, 0));
            orchestrator.Engine.SubmitEntry(0, OrderType.Market, limit: 0, quantity: 100_000_00000000L);
        }

        await Until.Done(orchestrator.StopAsync());
        long allocated = venue!.AllocatedAtEnd - venue.AllocatedWhenWarm;
        Assert.InRange(allocated, litter * Measured * 24L, litter * Measured * 32L);
        int heard = await Until.Done(reading);
        Assert.InRange(heard + events.Missed, WarmUp + Measured, long.MaxValue);
        Assert.Equal(heard + events.Missed - 1, unread.Missed);
    }

    private sealed class MeteredGateway(PaperGateway venue, int litter) : IOrderGateway
    {
        private int _ticks;
        private object? _litter;

        public long AllocatedWhenWarm { get; private set; }

        public long AllocatedAtEnd { get; private set; }

        public Action? Wake
        {
            get => venue.Wake;
            set => venue.Wake = value;
        }

        public long NextDueNs => venue.NextDueNs;

        public ReadOnlySpan<TradingEvent> Reports => venue.Reports;

        public void OnTick(in MarketTick tick)
        {
            venue.OnTick(in tick);
            _ticks++;
            if (litter > 0)
            {
                _litter = new object();
                GC.KeepAlive(_litter);
            }

            if (_ticks == WarmUp)
            {
                AllocatedWhenWarm = GC.GetAllocatedBytesForCurrentThread();
            }
            else if (_ticks == WarmUp + Measured)
            {
                AllocatedAtEnd = GC.GetAllocatedBytesForCurrentThread();
            }
        }

        public void Identify(string engineId, long epoch) => venue.Identify(engineId, epoch);

        public void Submit(in OrderCommand command) => venue.Submit(in command);

        public bool Poll(long nowNs) => venue.Poll(nowNs);

        public void ClearReports() => venue.ClearReports();

        public void Save(CheckpointWriter writer) => venue.Save(writer);

        public void Restore(CheckpointReader reader) => venue.Restore(reader);
    }
}
