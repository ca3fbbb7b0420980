using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>Why a signal's entry is held back before the risk gate is asked, and until when.</summary>
public sealed class EntryHoldTests
{
    private const int CandleSeconds = 60;
    private const int Cooldown = 3;
    private const long IntervalNs = CandleSeconds * EventTime.Second;
    private const long Begin = 28_000_000 * IntervalNs;

    private static readonly PairSetup[] Pairs = PairSetup.Arrange(Market.Pairs("BTC-USD", "ETH-USD"));

    private readonly CandleRound _round = new(Pairs.Length);

    public static TheoryData<EntryHold, string> Cases => new()
    {
        { EntryHold.None, "flat" },
        { EntryHold.None, "dust" },
        { EntryHold.NoCandle, "no candle" },
        { EntryHold.NoCandle, "a candle of an earlier interval" },
        { EntryHold.Exiting, "exiting" },
        { EntryHold.PositionHeld, "held" },
        { EntryHold.EntryWorking, "a buy works" },
        { EntryHold.EntryWorking, "a buy works beside dust" },
        { EntryHold.EntryWorking, "an answer is awaited" },
        { EntryHold.StopResting, "a stop rests for nothing" },
        { EntryHold.StopResting, "a stop rests for dust" },
        { EntryHold.CoolingDown, "sold in this candle" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_reason_holds_an_entry_back(EntryHold expected, string how)
    {
        SignalDesk desk = Desk(Cooldown);
        PairFigures figures = Figures(
            held: how.Contains("dust", StringComparison.Ordinal) ? 0.005m : how == "held" ? 10m : 0m,
            buys: how.StartsWith("a buy", StringComparison.Ordinal) ? 50m : 0m,
            stop: how.StartsWith("a stop", StringComparison.Ordinal) ? 98m : 0m);
        figures.Exiting = how == "exiting";
        Close(how == "a candle of an earlier interval" ? 1 : 0);
        _round.Candles[0].Ticks = how == "no candle" ? 0 : 1;
        _round.LastExitNs[0] = how == "sold in this candle" ? Begin + 1 : 0;
        if (how == "an answer is awaited")
        {
            desk.Await(0);
        }

        Assert.Equal(expected, desk.HoldOf(0, in figures, _round));
        Close(0);
        Assert.Equal(EntryHold.None, desk.HoldOf(1, Figures(), _round));        // the other pair's business
    }

    [Fact]
    public void Reasons_are_told_in_their_order()
    {
        SignalDesk desk = Desk(Cooldown);
        PairFigures figures = Figures(held: 10m, buys: 50m, stop: 98m);
        figures.Exiting = true;
        Close(1);
        _round.LastExitNs[0] = Begin + 1;
        List<EntryHold> told = [];
        Tell();
        Close(0);
        Tell();
        figures.Exiting = false;
        Tell();
        figures = Figures(buys: 50m, stop: 98m);
        Tell();
        figures = Figures(stop: 98m);
        Tell();
        figures = Figures();
        Tell();
        _round.LastExitNs[0] = 0;
        Tell();
        Assert.Equal(
            [
                EntryHold.NoCandle, EntryHold.Exiting, EntryHold.PositionHeld, EntryHold.EntryWorking,
                EntryHold.StopResting, EntryHold.CoolingDown, EntryHold.None,
            ],
            told);
        Assert.Equal(Enum.GetValues<EntryHold>().Order(), told.Order());

        void Tell() => told.Add(desk.HoldOf(0, in figures, _round));
    }

    [Fact]
    public void An_answer_that_came_lets_the_pair_be_entered_again()
    {
        SignalDesk desk = Desk(Cooldown);
        Close(0);
        desk.Await(0);
        desk.Await(0);
        desk.Answered(0);
        Assert.Equal(EntryHold.EntryWorking, desk.HoldOf(0, Figures(), _round));
        desk.Answered(0);
        Assert.Equal(EntryHold.None, desk.HoldOf(0, Figures(), _round));
    }

    // The candle in which it sold is not whole. After it come the whole ones that have to pass.
    [Theory]
    [InlineData(0, 0L, 0)]
    [InlineData(0, IntervalNs - 1, 0)]
    [InlineData(0, IntervalNs, 1)]
    [InlineData(1, 0L, 1)]
    [InlineData(1, IntervalNs - 1, 1)]
    [InlineData(3, 0L, 3)]
    [InlineData(3, 1L, 3)]
    [InlineData(3, IntervalNs - 1, 3)]
    [InlineData(3, IntervalNs, 4)]
    [InlineData(10_000, 1L, 10_000)]
    public void A_pair_that_sold_rests_so_many_whole_candles(int cooldown, long soldAfterNs, int heldCloses)
    {
        SignalDesk desk = Desk(cooldown);
        _round.LastExitNs[0] = Begin + soldAfterNs;
        for (int close = 0; close <= heldCloses + 1; close += close < heldCloses - 2 ? heldCloses - 2 : 1)
        {
            Close(0, close);
            EntryHold expected = close < heldCloses ? EntryHold.CoolingDown : EntryHold.None;
            Assert.Equal((close, expected), (close, desk.HoldOf(0, Figures(), _round)));
        }
    }

    private static SignalDesk Desk(int cooldown) => new(Pairs, new SignalOptions
    {
        Confirmation = new ConfirmationSettings { CandleSeconds = CandleSeconds }, CooldownCandles = cooldown,
    });

    private static PairFigures Figures(decimal held = 0m, decimal buys = 0m, decimal stop = 0m)
    {
        ProductSpec product = Pairs[0].Product;
        Assert.True(product.TryPriceUnits(100m, out long mark));
        Assert.True(product.TryQuantityUnits(held, out long quantity));
        long trigger = 0;
        Assert.True(stop == 0m || product.TryPriceUnits(stop, out trigger));
        return new PairFigures
        {
            Held = quantity, Mark = mark, Exposure = (held * 100m) + buys, StopTrigger = trigger,
        };
    }

    // The round whose candle begins so many whole candles after the first one.
    private void Close(int behind, int candle = 0)
    {
        _round.EndNs = Begin + ((candle + 1) * IntervalNs);
        for (int i = 0; i < Pairs.Length; i++)
        {
            _round.Candles[i] = new Candle
            {
                Ticks = 1, OpenTimeNs = _round.EndNs - ((behind + 1) * IntervalNs),
            };
        }
    }
}
