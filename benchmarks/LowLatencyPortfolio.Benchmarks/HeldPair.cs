using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Benchmarks;

/// <summary>
/// The four stages with one pair held and its stop resting, driven by hand: orders are answered only when asked for.
/// </summary>
internal sealed class HeldPair : IOrderSink
{
    private const long Second = 1_000_000_000;
    private const int Plenty = 1_000_000;

    private OrderCommand _command;
    private TradingEvent _event;
    private long _nowNs = 1_700_000_000 * Second;

    public HeldPair(IStateSink journal)
    {
        ProductSpec product = new("BTC-USD", 0.01m, 0.0001m, 0.0001m, 1m);
        PairConfig pair = new()
        {
            ProductId = product.ProductId, TrailPct = 0.05m, MinRatchet = 0m, MaxEntriesPerHour = Plenty,
        };
        PortfolioConfig portfolio = new()
        {
            TotalCapital = 1_000_000m, MaxOrdersPerSecond = Plenty, DailyLossPct = -99m,
            EmergencyLiquidationLossPct = -99m,
        };
        PairSetup[] pairs = PairSetup.Arrange([(product, pair)]);
        PriceStep = product.PriceIncrementUnits;
        Stages = new StageSet(pairs, portfolio, new PipelineOptions(), this, journal);
        Open();
    }

    public StageSet Stages { get; }

    /// <summary>One price increment, ring units.</summary>
    public long PriceStep { get; }

    public long Price { get; private set; } = 40_000_00000000;

    public long Orders { get; private set; }

    public void Submit(in OrderCommand command)
    {
        _command = command;
        Orders++;
    }

    /// <summary>A first price, an entry, its durable intent, the fill, and the stop acknowledged.</summary>
    public void Open()
    {
        Tick(Price);
        _event = new TradingEvent
        {
            Kind = EventKind.EntryCommand, Side = OrderSide.Buy, OrderType = OrderType.Limit, Price = Price,
            ReceivedAtNs = NextTime(),
        };
        Stages.Handle(ref _event);
        long entry = _event.Approved.Sequence;
        _event = new TradingEvent { Kind = EventKind.IntentDurable, OrderSequence = entry, ReceivedAtNs = NextTime() };
        Stages.Handle(ref _event);
        Answer(ReportKind.Fill);
        Answer(ReportKind.Ack);
    }

    public void Tick(long price)
    {
        Price = price;
        long timeNs = NextTime();
        _event.Kind = EventKind.Tick;
        _event.Count = 1;
        _event.Product = 0;
        _event.ReceivedAtNs = timeNs;
        _event.VenueTimeNs = timeNs;
        _event.Price = price;
        _event.Quantity = 1_0000;
        _event.Low = price;
        _event.High = price;
        _event.TradeKey = timeNs / Second;
        Stages.Handle(ref _event);
    }

    /// <summary>The venue's word on the newest command.</summary>
    public void Answer(ReportKind report)
    {
        bool isFill = report == ReportKind.Fill;
        _event = new TradingEvent
        {
            Kind = EventKind.OrderReport,
            Report = report,
            ReceivedAtNs = NextTime(),
            OrderSequence = _command.Sequence,
            RelatedSequence = _command.Replaces,
            Side = _command.Side,
            OrderType = _command.Type,
            Price = _command.Limit,
            Low = _command.Trigger,
            Quantity = _command.Quantity,
            CumulativeQuantity = isFill ? _command.Quantity : 0,
            FillValue = isFill ? ProductSpec.ValueOf(_command.Limit, _command.Quantity) : 0m,
        };
        Stages.Handle(ref _event);
    }

    private long NextTime() => _nowNs += Second;
}
