using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests;

/// <summary>Who follows the market is told the same by every topology: what Normalize accepted, the time, our
/// fills.</summary>
public sealed class MarketObserverTests
{
    private const int Events = 20_000;
    private const long Unit = 100_000_000;

    [Theory]
    [InlineData(Topology.Fused)]
    [InlineData(Topology.Staged)]
    public void Every_topology_tells_the_same_in_the_same_order(Topology topology)
    {
        (List<string> told, long refused) = Follow(Topology.Inline);
        (List<string> other, _) = Follow(topology);
        Assert.True(refused > 100, $"{refused} ticks were refused: the market was too quiet for this test");
        Assert.Contains(told, line => line.EndsWith("wide", StringComparison.Ordinal));
        Assert.Equal(told, other);
    }

    [Fact]
    public void A_tick_that_is_held_back_comes_with_the_one_that_confirms_it_and_never_alone()
    {
        Told told = new();
        using TradingPipeline pipeline = Make(Topology.Inline, told);
        pipeline.Start();
        pipeline.PublishTick(0, 1, 0, 100 * Unit, 1, 0);
        pipeline.PublishTick(0, 2, 0, 150 * Unit, 1, 0);
        pipeline.PublishTick(0, 3, 0, 151 * Unit, 1, 0);
        pipeline.PublishTick(0, 4, 0, 300 * Unit, 1, 0);
        pipeline.PublishTick(0, 5, 0, 150 * Unit, 1, 0);
        pipeline.WaitUntilHandled();
        Assert.Equal(
            [(1, 100 * Unit, 100 * Unit), (3, 150 * Unit, 151 * Unit), (5, 150 * Unit, 150 * Unit)],
            told.Ticks.Select(tick => (tick.AtNs, tick.Low, tick.High)));
    }

    [Theory]
    [InlineData(Topology.Inline)]
    [InlineData(Topology.Fused)]
    [InlineData(Topology.Staged)]
    public void Publishers_wait_for_an_observer_that_is_behind(Topology topology)
    {
        Told told = new();
        using TradingPipeline pipeline = Make(topology, told);      // 16 slots
        pipeline.Start();
        for (int i = 1; i <= 5_000; i++)
        {
            pipeline.PublishTick(0, i, 0, 100 * Unit, 1, i);
        }

        pipeline.WaitUntilHandled();
        Assert.Equal(Enumerable.Range(1, 5_000).Select(i => (long)i), told.Ticks.Select(tick => tick.AtNs));
        Assert.True(pipeline.Stop(TimeSpan.FromSeconds(30)));
    }

    private static (List<string> Told, long Refused) Follow(Topology topology)
    {
        Told told = new();
        using TradingPipeline pipeline = Make(topology, told);
        pipeline.Start();
        Random random = new(7);
        long price = 100 * Unit;
        for (int i = 1; i <= Events; i++)
        {
            Publish(pipeline, random, i, ref price);
        }

        pipeline.WaitUntilHandled();
        Assert.True(pipeline.Stop(TimeSpan.FromSeconds(30)));
        return (told.Lines, Events - told.Lines.Count);
    }

    private static void Publish(TradingPipeline pipeline, Random random, int i, ref long price)
    {
        int kind = random.Next(100);
        price = Math.Max(Unit, price + random.Next(-2, 3) * (Unit / 50));
        long traded = kind < 2 ? price * 2 : price;
        TradingEvent e = new()
        {
            Kind = EventKind.Tick, Count = 1, Product = random.Next(2), ReceivedAtNs = i, VenueTimeNs = i - 1,
            Price = traded, Low = traded, High = traded, Quantity = i, TradeKey = kind < 6 ? 5 : 1000 + i,
        };
        if (kind is >= 6 and < 10)
        {
            e.Count = 3;
            e.Low = traded - Unit;
            e.High = traded + Unit;
        }
        else if (kind is >= 10 and < 14)
        {
            e = new TradingEvent { Kind = EventKind.Timer, Count = 1, Product = -1, ReceivedAtNs = i };
        }
        else if (kind == 14)
        {
            e = new TradingEvent
            {
                Kind = EventKind.OrderReport, Report = ReportKind.Ack, Side = OrderSide.Buy, Count = 1,
                ReceivedAtNs = i, OrderSequence = i, Price = price, Quantity = Unit, OrderType = OrderType.Limit,
            };
        }

        pipeline.Publish(in e);
    }

    private static TradingPipeline Make(Topology topology, Told told)
    {
        Sink sink = new();
        return new TradingPipeline(
            new PipelineOptions { Topology = topology, RingCapacity = 16, RequireCores = false }, new PortfolioConfig(),
            PairSetup.Arrange([Pair("A-USD"), Pair("B-USD")]), sink, sink, observer: told);
    }

    private static (ProductSpec, PairConfig) Pair(string id) =>
        (new ProductSpec(id, 0.01m, 0.0001m), new PairConfig { ProductId = id });

    private sealed class Told : IMarketObserver
    {
        public List<string> Lines { get; } = [];

        public List<(long AtNs, long Low, long High)> Ticks { get; } = [];

        public void OnTick(in TradingEvent e, long low, long high)
        {
            Ticks.Add((e.ReceivedAtNs, low, high));
            Lines.Add(
                $"{e.ReceivedAtNs} {e.VenueTimeNs} p{e.Product} {e.Price} {e.Quantity} {low} {high}"
                + (low == high ? string.Empty : " wide"));
        }

        public void OnTime(long nowNs) => Lines.Add($"time {nowNs}");

        public void OnReport(in TradingEvent e) => Lines.Add($"report {e.OrderSequence} {e.Report} {e.NowNs}");
    }

    private sealed class Sink : IOrderSink, IStateSink
    {
        public void Submit(in OrderCommand command)
        {
        }

        public void Append(in StateChange change)
        {
        }
    }
}
