using System.Threading.Channels;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>What a listener hears, and that the engine waits for none.</summary>
public sealed class EngineEventsTests
{
    private static readonly TradingEngineOptions s_options = Market.Options() with
    {
        Paper = new PaperConfig { SlippageBps = 0m, MakerFee = 0m, TakerFee = 0.01m },
    };

    [Theory]
    [InlineData(Topology.Inline)]
    [InlineData(Topology.Fused)]
    [InlineData(Topology.Staged)]
    public async Task The_life_of_a_position_is_told_in_order_and_in_decimals(Topology topology)
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(
            s_options with { Topology = topology, RequireCores = false, Wait = WaitMode.Yielding },
            "BTC-USD", "ETH-USD");
        using EngineEvents events = orchestrator.Engine.Listen();
        await Market.HoldAsync(orchestrator, "ETH-USD");
        await Until.Done(orchestrator.HandlePriceUpdateAsync("ETH-USD", 104m));
        EngineEvent moved = await NextAsync(events, EngineEventKind.StopMoved);
        Assert.Equal((101.92m, 10m), (moved.Price, moved.Quantity));
        Assert.Equal("ETH-USD: StopMoved 10 at 101.92", $"{moved}");
        List<EngineEvent> told = [];
        EngineEvent closed = await NextAsync(events, EngineEventKind.PositionClosed, told, orchestrator, price: 101.5m);

        Assert.Equal(
            [EngineEventKind.StopTriggered, EngineEventKind.ExitFilled, EngineEventKind.PositionClosed],
            told.Select(each => each.Kind));
        EngineEvent exit = told[1];
        Assert.Equal(10m, exit.Quantity);
        Assert.Equal(exit.Price * 10m, exit.Value);
        Assert.Equal(exit.Value * 0.01m, exit.Fee);
        Assert.Equal((exit.Price, exit.Value, 10m), (closed.Price, closed.Value, closed.Quantity));
        Assert.Equal(closed.Value - 1_000m - closed.Fee, closed.Realized);
        Assert.Equal(ExitReason.TrailingStop, closed.ExitReason);
        Assert.All(told, each => Assert.Equal(("ETH-USD", 1, 0), (each.ProductId, each.PositionId, each.MissedBefore)));
        Assert.Equal(0, events.Missed);
    }

    [Fact]
    public async Task A_listener_before_the_start_hears_everything_from_the_entry_on()
    {
        MultiPairOrchestrator made = new(s_options);
        (ProductSpec product, PairConfig config) = Market.Pair("BTC-USD");
        made.RegisterPair(config, product);
        await using MultiPairOrchestrator orchestrator = made;
        using EngineEvents events = orchestrator.Build().Listen();
        orchestrator.Start();
        await Market.HoldAsync(orchestrator, "BTC-USD");
        List<EngineEvent> told = [];
        await NextAsync(events, EngineEventKind.StopPlaced, told);
        Assert.Equal(
            [EngineEventKind.EntrySubmitted, EngineEventKind.EntryFilled, EngineEventKind.StopPlaced],
            told.Select(each => each.Kind));
        Assert.Equal([100m, 100m, 98m], told.Select(each => each.Price));
        Assert.Equal([10m, 10m, 10m], told.Select(each => each.Quantity));
        Assert.Equal(
            $"llp-{orchestrator.Engine.EngineId}-1-1", orchestrator.Engine.OrderIdOf(told[1].OrderSequence));
    }

    [Fact]
    public async Task A_refusal_names_its_limit_and_a_change_of_mode_its_mode_and_an_alarm_its_words()
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(s_options, "BTC-USD");
        using EngineEvents events = orchestrator.Engine.Listen();
        await Until.Done(orchestrator.HandlePriceUpdateAsync("BTC-USD", 100m));
        orchestrator.Engine.SubmitEntry(0, OrderType.Market, limit: 0, quantity: 1_000_00000000L);
        EngineEvent refused = await NextAsync(events, EngineEventKind.OrderRefused);
        Assert.Equal(
            (RiskVerdict.PositionSizeAboveLimit, null, 0), (refused.Verdict, refused.Price, refused.PositionId));

        await Until.Done(orchestrator.Engine.ControlAsync(ControlAction.Halt));
        EngineEvent halted = await NextAsync(events, EngineEventKind.ModeChanged);
        Assert.Equal((TradingMode.Halted, null), (halted.Mode, halted.ProductId));
        EngineEvent alarm = await NextAsync(events, EngineEventKind.Alarm);
        Assert.Equal(HistoryAction.Halted, alarm.Alarm?.Action);
        Assert.Equal(alarm.Alarm?.Text, $"{alarm}");

        await Until.Done(orchestrator.Engine.ControlAsync(ControlAction.Resume));
        Assert.Equal(TradingMode.Trading, (await NextAsync(events, EngineEventKind.ModeChanged)).Mode);
    }

    [Fact]
    public async Task Several_listeners_hear_the_same_and_one_that_leaves_takes_nothing_from_the_others()
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(s_options, "BTC-USD");
        using EngineEvents stays = orchestrator.Engine.Listen();
        EngineEvents leaves = orchestrator.Engine.Listen();
        await Until.Done(orchestrator.Engine.ControlAsync(ControlAction.ReduceOnly));
        Assert.Same(
            await NextAsync(stays, EngineEventKind.ModeChanged), await NextAsync(leaves, EngineEventKind.ModeChanged));
        leaves.Dispose();
        await Until.Done(orchestrator.Engine.ControlAsync(ControlAction.Halt));
        Assert.Equal(TradingMode.Halted, (await NextAsync(stays, EngineEventKind.ModeChanged)).Mode);
        List<EngineEvent> left = await RestAsync(leaves);
        Assert.DoesNotContain(left, each => each.Mode == TradingMode.Halted);
    }

    [Fact]
    public async Task Who_does_not_read_holds_up_nobody_and_is_told_how_much_was_missed()
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(s_options, "BTC-USD");
        using EngineEvents slow = orchestrator.Engine.Listen(capacity: 2);
        using EngineEvents reads = orchestrator.Engine.Listen();
        await Until.Done(orchestrator.HandlePriceUpdateAsync("BTC-USD", 100m));
        for (int i = 0; i < 10; i++)
        {
            orchestrator.Engine.SubmitEntry(0, OrderType.Market, limit: 0, quantity: (1_000 + i) * 100_000_000L);
            EngineEvent refused = await NextAsync(reads, EngineEventKind.OrderRefused);
            Assert.Equal(1_000 + i, refused.Quantity);
        }

        await Until.True(() => slow.Missed == 8, "what did not fit is counted");
        Assert.Equal([1_000m, 1_001m], [(await NextAsync(slow)).Quantity, (await NextAsync(slow)).Quantity]);
        orchestrator.Engine.SubmitEntry(0, OrderType.Market, limit: 0, quantity: 2_000_00000000L);
        EngineEvent next = await NextAsync(slow);
        Assert.Equal((2_000m, 8), (next.Quantity, next.MissedBefore));
        Assert.Equal((8, 0), (slow.Missed, reads.Missed));
    }

    [Fact]
    public async Task What_the_stages_say_faster_than_it_can_be_told_is_counted_to_the_last_row()
    {
        const int Rows = 100_000;
        PairSetup[] pairs = PairSetup.Arrange(Market.Pairs("BTC-USD"));
        using EventHub hub = new(pairs, room: 2);
        EngineEvents events = hub.Listen(capacity: Rows);
        for (int i = 1; i <= Rows; i++)
        {
            hub.Add(new StateChange
            {
                Kind = StateChangeKind.History, Action = HistoryAction.EntryFilled, OrderSequence = i,
            });
        }

        hub.Dispose();
        List<EngineEvent> told = await RestAsync(events);
        Assert.Equal(Rows, told.Count + events.Missed);
        long expected = 0;
        foreach (EngineEvent each in told)
        {
            expected += each.MissedBefore + 1;
            Assert.Equal(expected, each.OrderSequence);     // what is missing is missing where it says so
        }
    }

    [Fact]
    public async Task A_stream_ends_with_the_engine_and_one_that_begins_later_is_empty()
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(s_options, "BTC-USD");
        using EngineEvents events = orchestrator.Engine.Listen();
        await Until.Done(orchestrator.Engine.ControlAsync(ControlAction.Halt));
        await Until.Done(orchestrator.StopAsync());
        List<EngineEvent> told = await RestAsync(events);
        Assert.Equal(
            [EngineEventKind.ModeChanged, EngineEventKind.Alarm], told.Select(each => each.Kind));
        Assert.Empty(await RestAsync(orchestrator.Engine.Listen()));
    }

    [Fact]
    public async Task A_stream_ends_when_a_fault_ends_the_engine_and_says_that_nobody_trades_any_more()
    {
        ScriptedGateway? venue = null;
        await using MultiPairOrchestrator orchestrator = Market.Started(
            Market.Options(pairs => venue = new ScriptedGateway(pairs)), "BTC-USD");
        using EngineEvents events = orchestrator.Engine.Listen();
        await Until.Done(orchestrator.HandlePriceUpdateAsync("BTC-USD", 100m));
        venue!.OnSubmit = _ => throw new InvalidOperationException("the wire is cut");
        orchestrator.Engine.SubmitEntry(0, OrderType.Market, limit: 0, quantity: 0);
        List<EngineEvent> told = await RestAsync(events);
        Assert.Equal(TradingMode.Halted, told[^1].Mode);
        Assert.Equal(EngineState.Faulted, orchestrator.Engine.State);
        Assert.Equal("the wire is cut", orchestrator.Engine.Fault?.Message);
    }

    [Fact]
    public void A_stream_without_room_is_refused()
    {
        using TradingEngine engine = new(s_options, Market.Pairs("BTC-USD"));
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => engine.Listen(0));
    }

    private static async Task<EngineEvent> NextAsync(EngineEvents events) =>
        await Until.Done(events.Reader.ReadAsync().AsTask());

    // Reads on until a kind comes; a price given is told again and again, because the paper venue trades on ticks.
    private static async Task<EngineEvent> NextAsync(
        EngineEvents events, EngineEventKind kind, List<EngineEvent>? into = null,
        MultiPairOrchestrator? market = null, decimal price = 0m)
    {
        List<EngineEvent> told = into ?? [];
        await Until.True(
            () =>
            {
                if (events.Reader.TryRead(out EngineEvent? next))
                {
                    told.Add(next);
                }
                else
                {
                    _ = market?.Engine.PublishTick("ETH-USD", price, 1m, 0, 0);
                }

                return told.Count > 0 && told[^1].Kind == kind;
            },
            $"{kind} is told");
        return told[^1];
    }

    private static async Task<List<EngineEvent>> RestAsync(EngineEvents events)
    {
        List<EngineEvent> told = [];
        ChannelReader<EngineEvent> reader = events.Reader;
        while (await Until.Done(reader.WaitToReadAsync().AsTask()))
        {
            while (reader.TryRead(out EngineEvent? next))
            {
                told.Add(next);
            }
        }

        return told;
    }
}
