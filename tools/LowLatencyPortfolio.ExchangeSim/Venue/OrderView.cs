namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>An order at one moment: immutable, cumulative, everything REST and the user channel say about it.</summary>
public sealed record OrderView
{
    public required string OrderId { get; init; }
    public required string ClientOrderId { get; init; }
    public required string ProductId { get; init; }
    public required OrderSide Side { get; init; }

    /// <summary>The terms now in force, edits included.</summary>
    public required OrderTerms Terms { get; init; }

    public required OrderStatus Status { get; init; }
    public required TriggerStatus TriggerStatus { get; init; }

    /// <summary>Total size in the currency the order was sized in.</summary>
    public required decimal Size { get; init; }

    /// <summary>What is left of <see cref="Size"/>, in its currency; zero on final orders.</summary>
    public required decimal Leaves { get; init; }

    public required bool SizeInQuote { get; init; }
    public required decimal FilledBase { get; init; }
    public required decimal FilledValue { get; init; }
    public required decimal TotalFees { get; init; }
    public required int FillCount { get; init; }

    /// <summary>What the order locks: quote currency for buys, base for sells.</summary>
    public required decimal Hold { get; init; }

    public required long CreatedAtNs { get; init; }
    public required long UpdatedAtNs { get; init; }
    public required long? LastFillAtNs { get; init; }
    public required string RejectReason { get; init; }
    public required string RejectMessage { get; init; }
    public required string CancelMessage { get; init; }

    /// <summary>Newest last, at most five.</summary>
    public required IReadOnlyList<EditRecord> EditHistory { get; init; }

    /// <summary>An accepted edit that is not in force yet.</summary>
    public required EditRecord? PendingEdit { get; init; }

    /// <summary>Placed by a human or another program on the same account.</summary>
    public required bool IsForeign { get; init; }

    /// <summary>The order that made this one: a scaled order, or the entry whose bracket this is; or nothing.</summary>
    public string OriginatingOrderId { get; init; } = "";

    /// <summary>The bracket that the order left behind, once it has.</summary>
    public string AttachedOrderId { get; init; } = "";

    /// <summary>The bracket that the order leaves behind for what it fills, without a size; or null.</summary>
    public OrderTerms? Attached { get; init; }

    public bool IsFinal =>
        Status is OrderStatus.Filled or OrderStatus.Cancelled or OrderStatus.Expired or OrderStatus.Failed;

    /// <summary>Filled value per base unit, 16 decimals; zero before the first fill.</summary>
    public decimal AveragePrice => FilledBase == 0 ? 0 : Math.Round(FilledValue / FilledBase, 16);

    /// <summary>0 to 100, two decimals, cut.</summary>
    public decimal CompletionPercent =>
        Status == OrderStatus.Filled ? 100
        : Size == 0 ? 0
        : Math.Floor((SizeInQuote ? FilledValue : FilledBase) / Size * 10_000) / 100;

    /// <summary>What the order cost (buy) or brought (sell) with fees.</summary>
    public decimal TotalValueAfterFees => Side == OrderSide.Buy ? FilledValue + TotalFees : FilledValue - TotalFees;
}
