using LowLatencyPortfolio.Exchanges.Paper;

namespace LowLatencyPortfolio.Pipeline.Tests.Simulation;

/// <summary>
/// The replay feeder's closure around a pipeline and a paper venue: due things first, the trade matched and published,
/// then everything that comes of it is fed back until nothing moves.
/// </summary>
internal sealed class VenueLoop
{
    private const long Second = 1_000_000_000;
    private readonly Random _random;
    private readonly World _world;
    private readonly Market _market;
    private readonly Operator _operator;
    private readonly Unreliability _network;
    private readonly OtherHands _hands;
    private readonly HandBacks _handBacks = new();
    private readonly RefusedCancels _refusedCancels = new();
    private readonly List<TradingEvent> _arrive = [];
    private readonly List<(int Product, long Sequence)> _slowIntents = [];
    private readonly List<(int Product, long Sequence)> _fastIntents = [];
    private long _nextTimerNs;

    public VenueLoop(int seed, World world, PipelineOptions options)
    {
        _random = new Random(seed * 31);
        _world = world;
        _market = new Market(world, _random);
        _operator = new Operator(
            world, _market, _random, product => Pipeline!.UnsettledStages.Ratchet.Pairs[product].Held);
        _network = new Unreliability(_random);
        _hands = new OtherHands(world, _market, _network, _random);
        _nextTimerNs = ((_market.TimeNs / Second) + 1) * Second;
        Paper = NewPaper();
        Pipeline = new TradingPipeline(options, world.Portfolio, world.Pairs, new ThroughSink(this), Tape);
        Pipeline.Start();
    }

    public TradingPipeline Pipeline { get; private set; }

    public PaperExchange Paper { get; private set; }

    public JournalTape Tape { get; } = new();

    public Action<OrderCommand>? CommandSent { get; set; }

    /// <summary>
    /// Publishes one event and lets it be handled; null publishes without looking at what became of it.
    /// </summary>
    public Action<TradingEvent>? Feeder { get; set; }

    /// <summary>Nothing that the venue did is still unknown to the engine.</summary>
    public bool IsNetworkQuiet =>
        _network.IsQuiet && _handBacks.IsEmpty && _refusedCancels.IsEmpty && _arrive.Count == 0;

    /// <summary>As the venue knows them; the mode counts only where a <see cref="Feeder"/> looks on.</summary>
    public WorkingBuys Buys { get; } = new();

    public long MarketEvents { get; private set; }

    /// <summary>Coins that the engine believes to have left, and the venue still has.</summary>
    public long GoneCoins(int product) => _hands.GoneCoins[product];

    /// <summary>The engine believes that coins have left.</summary>
    public void CountGone(int product, long quantity) => _hands.GoneCoins[product] += quantity;

    /// <summary>One market event with all that comes of it.</summary>
    public void Step()
    {
        TradingEvent tick = _market.Next(out bool isRepeated);
        if (!isRepeated && _random.Next(15) == 0 && Threshold(tick.Product) is { } price)
        {
            tick.Price = tick.Low = tick.High = price;
            tick.Count = 1;
            _market.MoveTo(tick.Product, price);
        }

        MarketEvents++;
        DeliverDue(_market.TimeNs);
        if (!isRepeated)
        {
            Paper.Match(Market.TradeOf(in tick, _market.TimeNs));
            FeedReports(_market.TimeNs);
        }

        Feed(tick);
        Pipeline.WaitUntilHandled();
        _operator.Act(Pipeline.UnsettledStages.RiskGate.Gate.Mode, _arrive);
        _hands.Act(Pipeline.UnsettledStages, Paper, _arrive);
        _network.PassDue(_market.TimeNs, _arrive);
        FeedArrived();
        if (!_world.IsLoose || _random.Next(3) == 0)
        {
            Close(_market.TimeNs);
        }
    }

    /// <summary>Replaces the pipeline and the venue by fresh ones that take over their stored state.</summary>
    public void RestartFromCheckpoint(PipelineOptions options)
    {
        CheckpointWriter writer = new();
        Pipeline.Save(writer);
        Paper.WriteCheckpoint(writer);
        Pipeline.Stop(TimeSpan.FromSeconds(10));
        byte[] stored = writer.Written.ToArray();
        Paper = NewPaper();
        Pipeline = new TradingPipeline(options, _world.Portfolio, _world.Pairs, new ThroughSink(this), Tape);
        CheckpointReader reader = new(stored);
        Pipeline.Restore(reader);
        Paper.ReadCheckpoint(reader);
        Assert.True(reader.AtEnd);
        Pipeline.Start();
    }

    // A price that just does, or just does not, reach what the stages screen by: the wake levels and the loss limit.
    private long? Threshold(int product)
    {
        StageSet stages = Pipeline.Stages;
        ref readonly ProtectedPair pair = ref stages.Ratchet.Pairs[product];
        ref readonly LossBreaker breaker = ref stages.RiskGate.Gate.Breaker;
        Int128 fall = Int128.Max(breaker.EmergencyAt, breaker.DailyAt) - breaker.MarketValue;
        Int128 level = _random.Next(5) switch
        {
            < 2 => pair.WakeAbove,
            < 4 => pair.WakeBelow,
            _ when pair.Held > 0 => stages.RiskGate.Pairs[product].Mark + (fall / pair.Held),
            _ => 0,
        };
        level += _random.Next(-1, 2);
        long last = _market.Price(product);
        return level > last / 2 && level < (Int128)last * 2 ? (long)level : null;
    }

    private PaperExchange NewPaper() =>
        new(
            _world.Paper, _world.Pairs, _world.Portfolio.TotalCapital,
            [.. _world.Pairs.Select(pair => pair.Index % 2 == 0)]);

    private void DeliverDue(long nowNs)
    {
        while (Math.Min(_nextTimerNs, Paper.NextDueNs) <= nowNs)
        {
            long dueNs = Math.Min(_nextTimerNs, Paper.NextDueNs);
            if (Paper.NextDueNs == dueNs)
            {
                Paper.Deliver(dueNs);
                FeedReports(dueNs);
            }
            else
            {
                // Long gaps need no timer for each second of them.
                long skipped = Math.Max(0, (nowNs - _nextTimerNs) / Second - 40);
                _nextTimerNs += (skipped + 1) * Second;
                Feed(
                    new TradingEvent
                    {
                        Kind = EventKind.Timer, Count = 1, Product = -1, ReceivedAtNs = _nextTimerNs - Second,
                    });
                if (Feeder is not null)
                {
                    Buys.Pass(Pipeline.UnsettledStages.RiskGate.Gate.Mode);
                }
            }

            Close(dueNs);
        }
    }

    private void Close(long nowNs)
    {
        bool moved = true;
        while (moved)
        {
            Pipeline.WaitUntilHandled();

            // Everything is collected while nothing runs; what the first of it causes belongs to the next round.
            Paper.TakeInbox();
            CollectIntents();
            moved = _handBacks.PassDue(nowNs, _arrive) | _refusedCancels.Pass(nowNs, _arrive);
            moved |= DrainOutbox();
            moved |= Paper.Deliver(nowNs) > 0;
            FeedReports(nowNs);
            moved |= AnswerIntents(nowNs);
        }
    }

    private bool DrainOutbox()
    {
        if (Feeder is null)
        {
            return Pipeline.DrainOutbox() > 0;
        }

        ControlOutbox outbox = Pipeline.UnsettledStages.Dispatch.Outbox;
        bool moved = outbox.Count > 0;
        while (outbox.Count > 0 && !(_world.IsLoose && _random.Next(3) == 0))
        {
            TradingEvent control = default;
            outbox.Peek().WriteTo(ref control);
            outbox.Remove();
            Feeder(control);
        }

        return moved;
    }

    private bool AnswerIntents(long nowNs)
    {
        bool moved = false;
        for (int i = 0; i < _slowIntents.Count; i++)
        {
            if (_random.Next(50) == 0)
            {
                Answer(_slowIntents[i].Product, _slowIntents[i].Sequence, nowNs);
                _slowIntents.RemoveAt(i--);
                moved = true;
            }
        }

        foreach ((int product, long sequence) in _fastIntents)
        {
            Answer(product, sequence, nowNs);
            moved = true;
        }

        _fastIntents.Clear();
        return moved;
    }

    private void CollectIntents()
    {
        while (Tape.Intents.TryDequeue(out (int Product, long Sequence) intent))
        {
            (_random.Next(30) == 0 ? _slowIntents : _fastIntents).Add(intent);
        }
    }

    private void Answer(int product, long sequence, long nowNs) => Feed(new TradingEvent
    {
        Kind = _random.Next(25) == 0 ? EventKind.IntentFailed : EventKind.IntentDurable,
        Count = 1,
        Product = product,
        OrderSequence = sequence,
        ReceivedAtNs = nowNs,
    });

    private void FeedReports(long nowNs)
    {
        foreach (ref readonly TradingEvent report in Paper.Reports)
        {
            Buys.Follow(in report);
            _network.Pass(report, nowNs, _arrive);
        }

        Paper.ClearReports();
        FeedArrived();
    }

    private void FeedArrived()
    {
        foreach (TradingEvent arrived in _arrive)
        {
            Feed(arrived);
        }

        _arrive.Clear();
    }

    private void Feed(TradingEvent e)
    {
        if (Feeder is null)
        {
            Pipeline.Publish(in e);
        }
        else
        {
            Feeder(e);
        }
    }

    private sealed class ThroughSink(VenueLoop loop) : IOrderSink
    {
        public void Submit(in OrderCommand command)
        {
            loop.CommandSent?.Invoke(command);
            if (!loop._handBacks.Take(in command) && !loop._refusedCancels.Take(in command))
            {
                loop.Paper.Submit(in command);
            }
        }
    }
}
