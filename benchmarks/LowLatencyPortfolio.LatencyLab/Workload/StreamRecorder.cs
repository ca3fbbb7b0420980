using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// Plays a random walk to the stages, lets a venue answer at once, and writes down everything that went in. All pairs
/// are held throughout, each with a resting stop; the walk turns upwards before it would reach a stop.
/// </summary>
internal sealed class StreamRecorder
{
    private const long SecondNs = 1_000_000_000;
    private const long FirstNs = 1_700_000_000 * SecondNs;

    private readonly StreamOptions _options;
    private readonly PairSetup[] _pairs;
    private readonly RecordingVenue _venue = new();
    private readonly StageSet _stages;
    private readonly List<PlacedEvent> _others = [];
    private readonly RandomWalk _walk;
    private int _tick;
    private long _nowNs = FirstNs;

    private StreamRecorder(StreamOptions options, LabSetup setup, RandomWalk walk)
    {
        _options = options;
        _pairs = setup.Pairs;
        _walk = walk;
        _stages = new StageSet(setup.Pairs, setup.Config, setup.Pipeline, _venue, new CountingStateSink());
    }

    public static TickStream Record(StreamOptions options, LabSetup setup, RandomWalk walk) =>
        new StreamRecorder(options, setup, walk).Record();

    private TickStream Record()
    {
        Open();
        PlacedEvent[] opening = [.. _others];
        _others.Clear();
        long ordersBefore = _venue.Orders;
        long startNs = _nowNs;
        long wokenBefore = _stages.Ratchet.Woken;
        PackedTick[] ticks = new PackedTick[_options.Ticks];
        for (_tick = 0; _tick < ticks.Length; _tick++)
        {
            ticks[_tick] = NextTick();
        }

        _stages.CheckCopies();
        return new TickStream
        {
            Opening = opening,
            Ticks = ticks,
            Others = [.. _others],
            StartNs = startNs,
            LotUnits = _pairs[0].Product.QuantityIncrementUnits,
            EndHash = _stages.Dispatch.Hash,
            WakeShare = (double)(_stages.Ratchet.Woken - wokenBefore) / ticks.Length,
            Orders = _venue.Orders - ordersBefore,
        };
    }

    // Each pair: a first price, an entry at it, its intent on the disk, the fill, the stop.
    private void Open()
    {
        for (int i = 0; i < _pairs.Length; i++)
        {
            _nowNs += SecondNs;
            TradingEvent tick = TickEvent(i, _walk.PriceOf(i), lots: 1, tradeKey: 0);
            Handle(ref tick);
            TradingEvent entry = new()
            {
                Kind = EventKind.EntryCommand,
                Product = i,
                ReceivedAtNs = _nowNs,
                Price = _walk.PriceOf(i),
                OrderType = OrderType.Limit,
                Side = OrderSide.Buy,
            };
            Handle(ref entry);
            if (entry.Verdict != RiskVerdict.Approved)
            {
                throw new InvalidOperationException($"the entry of {_pairs[i].ProductId} was refused: {entry.Verdict}");
            }

            TradingEvent durable = new()
            {
                Kind = EventKind.IntentDurable,
                Product = i,
                ReceivedAtNs = _nowNs,
                OrderSequence = entry.Approved.Sequence,
            };
            Handle(ref durable);
        }
    }

    private PackedTick NextTick()
    {
        long second = _nowNs / SecondNs;
        _nowNs += _options.StepNs;
        if (_nowNs / SecondNs != second)
        {
            TradingEvent timer =
                new() { Kind = EventKind.Timer, Product = -1, ReceivedAtNs = _nowNs / SecondNs * SecondNs };
            Handle(ref timer);
        }

        (int product, ushort lots) = _walk.NextTrade();
        long price = _walk.Step(product, _stages.Ratchet.Pairs[product].Trigger);
        TradingEvent e = TickEvent(product, price, lots, tradeKey: _tick + 1L);
        _stages.Handle(ref e);
        AnswerOrders(before: _tick + 1);
        return new PackedTick(price, _options.StepNs, (ushort)product, lots);
    }

    private TradingEvent TickEvent(int product, long price, ushort lots, long tradeKey) => new()
    {
        Kind = EventKind.Tick,
        Count = 1,
        Product = product,
        ReceivedAtNs = _nowNs,
        Price = price,
        Quantity = lots * _pairs[product].Product.QuantityIncrementUnits,
        Low = price,
        High = price,
        TradeKey = tradeKey,
    };

    private void Handle(ref TradingEvent e)
    {
        _others.Add(new PlacedEvent(_tick, e));
        _stages.Handle(ref e);
        AnswerOrders(_tick);
    }

    private void AnswerOrders(int before)
    {
        while (_venue.TryTakeAnswer(out TradingEvent report))
        {
            _others.Add(new PlacedEvent(before, report));
            _stages.Handle(ref report);
        }

        if (_stages.Dispatch.Outbox.Count > 0)
        {
            throw new InvalidOperationException(
                "the recorded stream made a stage ask for a control event; a run without a feeder would lose it");
        }
    }
}
