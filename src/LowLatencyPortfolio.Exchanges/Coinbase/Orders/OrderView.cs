using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>One look at an order at the venue: what it has traded in all, and where it stands.</summary>
/// <remarks>Looks may come twice, late and in any order, from the user channel, from queries and from fills.</remarks>
internal struct OrderView
{
    public VenueOrderId Id;
    public VenueStatus Status;

    /// <summary>A stop whose trigger was reached.</summary>
    public bool IsTriggered;

    /// <summary>Traded in all, ring units.</summary>
    public long Filled;

    /// <summary>Quote value of what traded in all.</summary>
    public decimal Value;

    /// <summary>Fees in all, quote.</summary>
    public decimal Fees;

    public Liquidity Liquidity;

    /// <summary>When the venue says so, ns UTC; 0 when it does not.</summary>
    public long VenueTimeNs;
}
