using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>An order as the venue describes it, in a list, alone, or on the user channel.</summary>
/// <remarks>
/// Quantities are base, values and fees quote, all cumulative and exact. 0 where the venue says nothing.
/// </remarks>
public sealed record CoinbaseOrder
{
    /// <summary>The venue's id.</summary>
    public required string OrderId { get; init; }

    /// <summary>The id the order was placed with; anybody's.</summary>
    public required string ClientOrderId { get; init; }

    /// <summary>The venue's name of the product.</summary>
    public required string ProductId { get; init; }

    /// <summary>Buy or sell.</summary>
    public OrderSide Side { get; init; }

    /// <summary>Where it stands.</summary>
    public VenueStatus Status { get; init; }

    /// <summary>Whether it is a stop whose trigger was reached.</summary>
    public bool IsTriggered { get; init; }

    /// <summary>Base quantity traded so far.</summary>
    public decimal FilledSize { get; init; }

    /// <summary>Quote value traded so far.</summary>
    public decimal FilledValue { get; init; }

    /// <summary>Fees so far, quote.</summary>
    public decimal TotalFees { get; init; }

    /// <summary>Total base size.</summary>
    public decimal Size { get; init; }

    /// <summary>Limit price.</summary>
    public decimal LimitPrice { get; init; }

    /// <summary>Trigger of a stop.</summary>
    public decimal StopPrice { get; init; }

    /// <summary>Quote held for a buy, base for a sell.</summary>
    public decimal Hold { get; init; }

    /// <summary>Whether what is new of it made or took, where its fills were asked for too.</summary>
    public Liquidity Liquidity { get; init; }

    /// <summary>When it was made; null when the venue does not say.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
