using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Persistence;

/// <summary>A row of <c>orders</c>. Quantities in base, prices and money in quote currency, times ns UTC.</summary>
/// <param name="OrderSequence">The engine's number, rising from 1.</param>
/// <param name="ProductId">The venue's product.</param>
/// <param name="OrderId">Our id at the venue, <c>llp-engineId-epoch-sequence</c>.</param>
/// <param name="Type">Limit, market or stop-limit.</param>
/// <param name="Side">Buy or sell.</param>
/// <param name="Purpose">Why it was made.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Quantity">Ordered.</param>
/// <param name="Price">Limit; null for a market order.</param>
/// <param name="Trigger">Stop trigger; null without one.</param>
/// <param name="FilledQuantity">Filled so far.</param>
/// <param name="FilledValue">Price × quantity of all fills.</param>
/// <param name="Fees">Fees of all fills.</param>
/// <param name="PositionId">The position it belongs to; null before one exists.</param>
/// <param name="CreatedAtNs">When it was decided.</param>
/// <param name="UpdatedAtNs">When it last changed.</param>
/// <param name="Reason">Name of the reject reason, verdict or exit reason, upper snake case; null without one.</param>
public sealed record OrderRow(
    long OrderSequence, string ProductId, string OrderId, OrderType Type, OrderSide Side,
    OrderPurpose Purpose, OrderState State,
    decimal Quantity, decimal? Price, decimal? Trigger, decimal FilledQuantity, decimal FilledValue, decimal Fees,
    long? PositionId, long CreatedAtNs, long UpdatedAtNs, string? Reason);
