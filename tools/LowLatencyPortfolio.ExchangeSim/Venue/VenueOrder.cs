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
        EditCount++;
        _history.Add(record);
        if (_history.Count > HistoryLength)
            _history.RemoveAt(0);
    }

    public OrderView View()
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
        };
    }
}
