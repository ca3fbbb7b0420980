using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Orders;

/// <summary>The desk without sockets: a test says what the venue answers and sees what is reported.</summary>
internal sealed class Desk
{
    public const long Unit = 100_000_000;

    private readonly EventList _reports = new();
    private int _ids;

    public Desk(int burst = 100, int reserve = 8, long epoch = 1, bool keepsNews = false)
    {
        CoinbaseGatewayOptions options = new() { Time = Time };
        Traded = Pairs.Of("BTC-USD", "ETH-USD");
        Budget = new RequestBudget(Time, perSecond: 10, burst, reserve);
        Core = new OrderDesk(Traded, options, Budget);
        Core.Begin(new ClientOrderIds("engine1", epoch), Time.NowNs);
        if (!keepsNews)
        {
            _ = Reports();
        }
    }

    /// <summary>A desk after a restart, with what another one left.</summary>
    public static Desk After(Desk earlier)
    {
        CheckpointWriter writer = new();
        earlier.Core.With(state => VenueOrderRecords.Save(state, writer));
        Desk desk = new(epoch: 2);
        CheckpointReader reader = new(writer.Written);
        desk.Core.With(state => VenueOrderRecords.Restore(state.Book, reader));
        return desk;
    }

    public ManualTime Time { get; } = new();

    public RequestBudget Budget { get; }

    public OrderDesk Core { get; }

    public PairSetup[] Traded { get; }

    public static OrderCommand Entry(long sequence, int product = 0) =>
        Command(sequence, product, OrderPurpose.Entry, OrderType.Limit, OrderSide.Buy);

    /// <summary>A stop that is the higher the higher its number.</summary>
    public static OrderCommand Moved(long sequence) => Stop(sequence) with
    {
        Trigger = (98 + sequence) * Unit,
        Limit = (97 + sequence) * Unit,
    };

    public static OrderCommand Stop(long sequence, int product = 0) =>
        Command(sequence, product, OrderPurpose.Stop, OrderType.StopLimit, OrderSide.Sell);

    public static OrderCommand Exit(long sequence, int product = 0) =>
        Command(sequence, product, OrderPurpose.Exit, OrderType.Market, OrderSide.Sell);

    public static OrderAnswer Answer(AnswerKind kind, RejectReason reason = RejectReason.None) =>
        new() { Kind = kind, Reason = reason, RetryAfter = -1 };

    public void Submit(OrderCommand command)
    {
        command.ReleasedAtNs = Time.NowNs;
        Core.Submit(in command);
    }

    public void Cancel(OrderCommand command) => Submit(command with { Kind = OrderCommandKind.Cancel });

    public void Replace(OrderCommand command, long replaces) =>
        Submit(command with { Kind = OrderCommandKind.Replace, Replaces = replaces });

    public WireRequest? Next() =>
        Core.TryNext(Time.NowNs, null, out WireRequest request, out _, out _) ? request : null;

    public WireRequest Expect(WireAction action, long sequence)
    {
        WireRequest? request = Next();
        Assert.NotNull(request);
        Assert.Equal((action, sequence), (request.Value.Action, request.Value.Order.Sequence));
        return request.Value;
    }

    public void Complete(WireRequest request, OrderAnswer answer) => Core.Complete(in request, in answer, Time.NowNs);

    public void Answered(WireAction action, long sequence, AnswerKind kind, RejectReason reason = RejectReason.None)
    {
        OrderAnswer answer = Answer(kind, reason);
        if (kind == AnswerKind.Accepted && action == WireAction.Create)
        {
            Assert.True(VenueOrderId.TryParse($"venue-{++_ids}-{sequence}", out answer.OrderId));
        }

        Complete(Expect(action, sequence), answer);
    }

    /// <summary>Places an order that the venue takes, and forgets the reports of it.</summary>
    public void Place(OrderCommand command)
    {
        Submit(command);
        Answered(WireAction.Create, command.Sequence, AnswerKind.Accepted);
        _ = Reports();
    }

    public CoinbaseOrder See(OrderCommand order, VenueStatus status, decimal filled = 0m, long clientSequence = 0) => new()
    {
        OrderId = Core.IdOf(order.Sequence),
        ClientOrderId = $"llp-engine1-1-{(clientSequence == 0 ? order.Sequence : clientSequence)}",
        ProductId = Traded[order.Product].ProductId,
        Side = order.Side,
        Status = status,
        FilledSize = filled,
        FilledValue = filled * 100m,
        TotalFees = filled,
        Size = Traded[order.Product].Product.QuantityOf(order.Quantity),
        LimitPrice = Traded[order.Product].Product.PriceOf(order.Limit),
        StopPrice = Traded[order.Product].Product.PriceOf(order.Trigger),
    };

    public void Observe(CoinbaseOrder order) => Core.Observe(order, Time.NowNs);

    public LookRequest? Look() => Core.NextLook(Time.NowNs);

    public void Looked(long sequence, CoinbaseOrder? seen)
    {
        LookRequest? look = Look();
        Assert.NotNull(look);
        Assert.Equal(sequence, look.Sequence);
        Core.OnLook(sequence, seen, Time.NowNs);
    }

    public void Advance(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>What was told of coins: the pair, how many there are, how many our orders can sell.</summary>
    public List<(int Product, decimal There, decimal Ours)> Coins { get; } = [];

    /// <summary>Reports since the last call, as <c>kind sequence</c>, with a reason when there is one.</summary>
    public string[] Reports()
    {
        _ = Core.MoveReportsTo(_reports);
        List<string> lines = [];
        foreach (TradingEvent e in _reports.Waiting)
        {
            if (e.Kind == EventKind.Coins)
            {
                Coins.Add((e.Product, e.Quantity / (decimal)Unit, e.CumulativeQuantity / (decimal)Unit));
                continue;
            }

            string reason = e.Reason == RejectReason.None ? string.Empty : " " + e.Reason;
            lines.Add(e.Kind == EventKind.OrderReport
                ? $"{e.Report} {e.OrderSequence}{reason}"
                : e.Kind == EventKind.ProductChanged ? $"Product {e.Product} {e.Count} {e.Price} {e.Quantity}"
                : $"{e.Health} {e.Quantity}");
        }

        _reports.Clear();
        return [.. lines];
    }

    private static OrderCommand Command(
        long sequence, int product, OrderPurpose purpose, OrderType type, OrderSide side) => new()
    {
        Kind = OrderCommandKind.Place,
        Sequence = sequence,
        Product = product,
        Purpose = purpose,
        Type = type,
        Side = side,
        Limit = type == OrderType.Market ? 0 : 97 * Unit,
        Trigger = type == OrderType.StopLimit ? 98 * Unit : 0,
        Quantity = 10 * Unit,
    };
}
