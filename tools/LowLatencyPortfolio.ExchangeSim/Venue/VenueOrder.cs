namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// An order inside the venue. Changed only under the venue's lock; leaves it as an <see cref="OrderView"/>.
/// </summary>
internal sealed class VenueOrder
{
    private const int HistoryLength = 5;
    private readonly List<EditRecord> _history = [];

    public required string OrderId { get; init; }
    public required string ClientOrderId { get; init; }
    public required Product Product { get; init; }
    public required OrderSide Side { get; init; }
    public required long CreatedAtNs { get; init; }
    public required bool IsForeign { get; init; }

    /// <summary>Fee rates at acceptance; a later change of tier does not touch an accepted order.</summary>
    public required decimal MakerRate { get; init; }
    public required decimal TakerRate { get; init; }

    public required OrderTerms Terms { get; set; }

    /// <summary>What it does by itself.</summary>
    public required IOrderPlan Plan { get; init; }

    /// <summary>The order that made this one: a scaled order, or the entry whose bracket this is.</summary>
    public VenueOrder? Parent { get; init; }

    /// <summary>The orders that trade for a scaled order, and hold for it; empty for every other kind.</summary>
    public IReadOnlyList<VenueOrder> Children { get; set; } = [];

    /// <summary>The bracket to leave behind at its end, without a size.</summary>
    public OrderTerms? Attached { get; set; }

    /// <summary>The bracket that it left behind, or nothing.</summary>
    public string AttachedOrderId { get; set; } = "";

    /// <summary>
    /// How much of its total may trade by now, base; null for all of it. The hold is for the whole order all the same.
    /// </summary>
    public decimal? Released { get; set; }

    /// <summary>All that may trade by now has traded: prints leave the order alone.</summary>
    public bool IsIdle => Released is { } released && released <= FilledBase;

    /// <summary>Total size in base; null for a market buy sized in quote, whose base size the price decides.</summary>
    public required decimal? BaseTotal { get; set; }

    public OrderStatus Status { get; set; } = OrderStatus.Pending;
    public TriggerStatus Trigger { get; set; }

    /// <summary>The order has reached the book: prints may fill it.</summary>
    public bool IsLive { get; set; }

    /// <summary>An execution against the market is on its way; prints leave the order alone until it came.</summary>
    public bool ExecutionDue { get; set; }

    public decimal FilledBase { get; private set; }
    public decimal FilledValue { get; private set; }
    public decimal TotalFees { get; private set; }
    public int FillCount { get; private set; }
    public long? LastFillAtNs { get; private set; }
    public decimal Hold { get; set; }

    /// <summary>The fault "trigger untold": what is told of it is that it waits for its trigger.</summary>
    public bool HidesTrigger { get; set; }

    /// <summary>What the fault "overfill" lets it fill beyond its size, base.</summary>
    public decimal Surplus { get; set; }
    public long UpdatedAtNs { get; set; }
    public string RejectReason { get; set; } = "REJECT_REASON_UNSPECIFIED";
    public string RejectMessage { get; set; } = "";
    public string CancelMessage { get; set; } = "";
    public EditRecord? PendingEdit { get; set; }
    public int EditCount { get; private set; }

    public bool IsFinal =>
        Status is OrderStatus.Filled or OrderStatus.Cancelled or OrderStatus.Expired or OrderStatus.Failed;

    public bool SizeInQuote => Terms.QuoteSize is not null;

    /// <summary>The currency that the order's hold locks.</summary>
    public string HoldCurrency => Side == OrderSide.Buy ? Product.QuoteCurrency : Product.BaseCurrency;

    /// <summary>The price a resting order fills at: after a bracket's trigger its stop leg's limit.</summary>
    public decimal LimitInForce =>
        Terms.IsBracket && Trigger == TriggerStatus.StopTriggered
            ? Grid.Down(Terms.StopPrice!.Value * 0.95m, Product.PriceIncrement)
            : Terms.LimitPrice ?? 0;

    /// <summary>What may trade by now, in base, at the given price for an order sized in quote.</summary>
    public decimal TradableBase(decimal price) =>
        Released is { } released ? released - FilledBase : RemainingBase(price);

    /// <summary>What is left in base, at the given price for an order sized in quote.</summary>
    public decimal RemainingBase(decimal price) => BaseTotal is { } total
        ? total - FilledBase
        : Grid.Down((Terms.QuoteSize!.Value - FilledValue) / price, Product.BaseIncrement);

    public void AddFill(decimal price, decimal size, decimal fee, long nowNs)
    {
        FilledBase += size;
        FilledValue += price * size;
        TotalFees += fee;
        FillCount++;
        LastFillAtNs = nowNs;
    }

    public void ApplyEdit(OrderTerms terms, decimal baseTotal, EditRecord record)
    {
        Terms = terms;
        BaseTotal = baseTotal;
        Attached = record.Attached;
        EditCount++;
        _history.Add(record);
        if (_history.Count > HistoryLength)
            _history.RemoveAt(0);
    }

    public OrderView View() => Children.Count == 0 ? OwnView() : OwnView() with
    {
        FilledBase = Children.Sum(child => child.FilledBase),
        FilledValue = Children.Sum(child => child.FilledValue),
        TotalFees = Children.Sum(child => child.TotalFees),
        FillCount = Children.Sum(child => child.FillCount),
        LastFillAtNs = Children.Max(child => child.LastFillAtNs),
        Leaves = IsFinal ? 0
            : Terms.QuoteSize is { } quote ? quote - Children.Sum(child => child.FilledValue)
            : BaseTotal!.Value - Children.Sum(child => child.FilledBase),
    };

    private OrderView OwnView()
    {
        decimal size = Terms.QuoteSize ?? BaseTotal ?? 0;
        return new OrderView
        {
            OrderId = OrderId,
            ClientOrderId = ClientOrderId,
            ProductId = Product.Id,
            Side = Side,
            Terms = Terms,
            Status = Status,
            TriggerStatus = HidesTrigger ? TriggerStatus.StopPending : Trigger,
            Size = size,
            Leaves = IsFinal ? 0 : size - (SizeInQuote ? FilledValue : FilledBase),
            SizeInQuote = SizeInQuote,
            FilledBase = FilledBase,
            FilledValue = FilledValue,
            TotalFees = TotalFees,
            FillCount = FillCount,
            Hold = Hold,
            CreatedAtNs = CreatedAtNs,
            UpdatedAtNs = UpdatedAtNs,
            LastFillAtNs = LastFillAtNs,
            RejectReason = RejectReason,
            RejectMessage = RejectMessage,
            CancelMessage = CancelMessage,
            EditHistory = [.. _history],
            PendingEdit = PendingEdit,
            IsForeign = IsForeign,
            OriginatingOrderId = Parent?.OrderId ?? "",
            AttachedOrderId = AttachedOrderId,
            Attached = Attached,
        };
    }
}
