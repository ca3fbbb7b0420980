using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Stages;

/// <summary>
/// A small engine under a test's hands: events go in one by one, what Dispatch asks for is fed back at once, and
/// everything that left is kept. Two pairs or more, price step 0.01, quantity step 0.001, minimum 0.01 and 1 USD; trail
/// 5 %, buffer 1 %, ratchet 1 %.
/// </summary>
internal sealed class Rig : IOrderSink, IStateSink
{
    public const long Second = 1_000_000_000;
    private const decimal Unit = 100_000_000m;
    private readonly Dictionary<long, OrderCommand> _placed = [];

    public Rig(
        Func<PairConfig, PairConfig>? pair = null, Func<PortfolioConfig, PortfolioConfig>? portfolio = null,
        int pairs = 2, StoredPortfolio? recovered = null, int candleSeconds = 0)
    {
        PortfolioConfig limits =
            new() { TotalCapital = 100_000m, MaxPositionSizePct = 50m, MaxCorrelatedExposurePct = 100m };
        PairSetup[] setups = PairSetup.Arrange(Enumerable.Range(0, pairs).Select(i => (
            new ProductSpec($"P{i:00}-USD", 0.01m, 0.001m, 0.01m, 1m),
            (pair ?? (config => config))(new PairConfig
            {
                ProductId = $"P{i:00}-USD", TrailPct = 0.05m, StopLimitBufferPct = 0.01m, MinRatchet = 0.01m,
                MaxEntriesPerHour = 1000,
            }))));
        Pipeline = new TradingPipeline(
            new PipelineOptions { TakerFee = 0.01m, CandleSeconds = candleSeconds },
            (portfolio ?? (config => config))(limits), setups, this, this);
        if (recovered is not null)
        {
            Pipeline.Recover(recovered);
            foreach (StoredOrder order in recovered.Orders)
            {
                _placed[order.Sequence] = new OrderCommand
                {
                    Product = order.Product, Sequence = order.Sequence, Side = order.Side, Type = order.Type,
                    Limit = order.Limit, Trigger = order.Trigger, Quantity = order.Quantity,
                };
            }
        }

        Pipeline.Start();
    }

    public TradingPipeline Pipeline { get; }

    public long NowNs { get; set; } = 1_700_000_000 * Second;

    /// <summary>Commands sent since the last <see cref="Take"/>.</summary>
    public List<OrderCommand> Sent { get; } = [];

    public List<StateChange> Journal { get; } = [];

    /// <summary>Every event with a decision since the last <see cref="Take"/>.</summary>
    public List<TradingEvent> Decided { get; } = [];

    public Exception? ThrowOnSubmit { get; set; }

    public StopState State(int product = 0) => Pipeline.Stages.Ratchet.Pairs[product].State;

    public TradingMode Mode => Pipeline.Stages.RiskGate.Gate.Mode;

    public decimal Held(int product = 0) => Pipeline.Stages.Ratchet.Pairs[product].Held / Unit;

    public void Submit(in OrderCommand command)
    {
        if (ThrowOnSubmit is not null)
        {
            throw ThrowOnSubmit;
        }

        Sent.Add(command);
        if (command.Kind != OrderCommandKind.Cancel)
        {
            _placed[command.Sequence] = command;
        }
    }

    public void Append(in StateChange change) => Journal.Add(change);

    public static long Units(decimal value) => decimal.ToInt64(value * Unit);

    /// <summary>What was sent since the last look, in short: <c>Place StopLimit #2 1 @95/94.05</c>.</summary>
    public string Take()
    {
        string text = string.Join("; ", Sent.Select(Describe));
        Sent.Clear();
        Decided.Clear();
        return text;
    }

    /// <summary>
    /// Publishes one event, then everything Dispatch asks for, and returns the event as it left the stages.
    /// </summary>
    public TradingEvent Feed(TradingEvent e, bool settle = true)
    {
        TradingEvent passed = FeedOne(e);
        if (settle)
        {
            Settle();
        }

        return passed;
    }

    public void Settle()
    {
        ControlOutbox outbox = Pipeline.Stages.Dispatch.Outbox;
        while (outbox.Count > 0)
        {
            TradingEvent control = default;
            outbox.Peek().WriteTo(ref control);
            outbox.Remove();
            FeedOne(control);
        }

        Pipeline.Stages.CheckCopies();
    }

    public TradingEvent Tick(decimal price, int product = 0, long key = 0) => Feed(NewTick(price, product, key));

    public TradingEvent NewTick(decimal price, int product = 0, long key = 0) => new()
    {
        Kind = EventKind.Tick, Count = 1, Product = product, ReceivedAtNs = NowNs, Price = Units(price),
        Low = Units(price), High = Units(price), Quantity = Units(1m), TradeKey = key,
    };

    /// <summary>Lets event time pass with a timer each second.</summary>
    public void Wait(int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            NowNs += Second;
            Feed(New(EventKind.Timer, -1));
        }
    }

    public TradingEvent Enter(
        decimal price, decimal quantity, int product = 0, OrderType type = OrderType.Limit, bool settle = true) =>
        Feed(
            New(EventKind.EntryCommand, product) with
            {
                Price = Units(price), Quantity = Units(quantity), OrderType = type,
            }, settle);

    public TradingEvent Durable(long sequence, int product = 0, bool durable = true) =>
        Feed(
            New(durable ? EventKind.IntentDurable : EventKind.IntentFailed, product) with { OrderSequence = sequence });

    public TradingEvent Control(
        ControlAction action, int product = -1, ExitReason reason = ExitReason.None, bool settle = true) =>
        Feed(New(EventKind.Control, product) with { Action = action, Count = (ushort)reason }, settle);

    /// <summary>A report on an order that was sent; filled is the whole filled quantity so far.</summary>
    public TradingEvent Report(
        long sequence, ReportKind kind, decimal filled = 0m, decimal price = 0m, decimal growth = 0m,
        RejectReason reason = default, long related = 0, bool settle = true)
    {
        OrderCommand order = _placed[sequence];
        return Feed(
            New(EventKind.OrderReport, order.Product) with
            {
                Report = kind, OrderSequence = sequence, RelatedSequence = related, Side = order.Side,
                OrderType = order.Type, Price = kind == ReportKind.Fill ? Units(price) : order.Limit,
                Low = order.Trigger, Quantity = order.Quantity,
                CumulativeQuantity = Units(filled), FillValue = (growth == 0m ? filled : growth) * price,
                Reason = reason,
            },
            settle);
    }

    /// <summary>An entry from the command to its ack; returns its number.</summary>
    public long Working(decimal price, decimal quantity, int product = 0)
    {
        long sequence = Enter(price, quantity, product).Approved.Sequence;
        Durable(sequence, product);
        Report(sequence, ReportKind.Ack);
        return sequence;
    }

    /// <summary>A position with a resting stop; returns the stop's number.</summary>
    public long Protected(decimal price, decimal quantity, int product = 0)
    {
        Tick(price, product);
        long entry = Working(price, quantity, product);
        Report(entry, ReportKind.Fill, quantity, price);
        long stop = Sent[^1].Sequence;
        Report(stop, ReportKind.Ack);
        Take();
        return stop;
    }

    public TradingEvent New(EventKind kind, int product) =>
        new() { Kind = kind, Count = 1, Product = product, ReceivedAtNs = NowNs };

    private TradingEvent FeedOne(TradingEvent e)
    {
        ref TradingEvent slot = ref Pipeline.Claim(out long sequence);
        slot = e;
        long throughStages = Pipeline.UnsettledStages.Unscreened;
        Pipeline.Publish(sequence);
        Pipeline.WaitUntilHandled();
        if (Pipeline.UnsettledStages.Unscreened == throughStages)
        {
            slot.TickVerdict = TickVerdict.Accepted;        // no stage saw it: it was accepted, and nothing else
            slot.NowNs = Pipeline.Stages.Normalize.NowNs;
        }

        if (slot.Decision != DecisionKind.None || slot.Verdict != RiskVerdict.None)
        {
            Decided.Add(slot);
        }

        return slot;
    }

    private static string Describe(OrderCommand command)
    {
        string order = command.Kind switch
        {
            OrderCommandKind.Cancel => $"Cancel #{command.Sequence}",
            OrderCommandKind.Replace => $"Replace #{command.Replaces} by #{command.Sequence}",
            _ => $"Place {command.Type} #{command.Sequence}",
        };
        string quantity = command.Kind == OrderCommandKind.Cancel ? "" : $" {Text(command.Quantity)}";
        string prices = command.Kind == OrderCommandKind.Cancel || command.Type == OrderType.Market ? ""
            : command.Trigger == 0 ? $" @{Text(command.Limit)}"
            : $" @{Text(command.Trigger)}/{Text(command.Limit)}";
        return order + quantity + prices;
    }

    private static string Text(long units) =>
        (units / Unit).ToString("0.########", System.Globalization.CultureInfo.InvariantCulture);
}
