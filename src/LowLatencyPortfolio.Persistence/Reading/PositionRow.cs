using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// A row of <c>positions</c>: one trade from flat to flat. Quantities in base, money in quote currency, times ns UTC.
/// </summary>
/// <param name="PositionId">Rising from 1.</param>
/// <param name="ProductId">The venue's product.</param>
/// <param name="Quantity">Held.</param>
/// <param name="EntryPrice">Cost per quantity, 12 decimals, half-even; when nothing is held any more, the average price
/// paid.</param>
/// <param name="State">Where its protection stands; Closed when the trade is over.</param>
/// <param name="Cost">What was paid for what is held.</param>
/// <param name="OpenedAtNs">Time of the first fill.</param>
/// <param name="ClosedAtNs">Time of the last; null while open.</param>
/// <param name="Highest">Highest price since it was opened.</param>
/// <param name="StopTrigger">Newest trigger; null before one was decided.</param>
/// <param name="Ratchets">Times the stop moved up.</param>
/// <param name="BoughtQuantity">Bought in all.</param>
/// <param name="BoughtValue">Paid in all.</param>
/// <param name="SoldQuantity">Sold in all.</param>
/// <param name="SoldValue">Received in all.</param>
/// <param name="Fees">Fees in all.</param>
/// <param name="Realized">Realized so far, fees included.</param>
/// <param name="ExitPrice">Price of the newest exit fill; null without one.</param>
/// <param name="ExitReason">Why it is or was closed; None while it is not.</param>
public sealed record PositionRow(
    long PositionId, string ProductId, decimal Quantity, decimal EntryPrice, StopState State, decimal Cost,
    long OpenedAtNs, long? ClosedAtNs, decimal Highest, decimal? StopTrigger, int Ratchets,
    decimal BoughtQuantity, decimal BoughtValue, decimal SoldQuantity, decimal SoldValue,
    decimal Fees, decimal Realized, decimal? ExitPrice, ExitReason ExitReason);
