using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Persistence;

/// <summary>A row of <c>history</c>, in the order in which things happened.</summary>
/// <param name="Id">Dense, from 1.</param>
/// <param name="ProductId">The venue's product; null for a row about the portfolio.</param>
/// <param name="Action">What happened.</param>
/// <param name="Price">The price that the action defines: of a fill what it traded at, of a stop its trigger, otherwise
/// the order's limit; null where there is none: a market order before its fill, the portfolio.</param>
/// <param name="Quantity">Quantity of the action, base; null for a row about the portfolio.</param>
/// <param name="TimestampNs">Event time, ns UTC.</param>
/// <param name="OrderSequence">The order; null without one.</param>
/// <param name="PositionId">The position; null without one.</param>
/// <param name="Value">Value of a fill, quote; 0 otherwise.</param>
/// <param name="Fee">Fee of a fill, quote; 0 otherwise.</param>
/// <param name="Detail">Name of the verdict or reason, of an entry's fill <c>MAKER</c> or <c>TAKER</c>, upper snake
/// case, or a sentence in the journal's own rows; null without one.</param>
/// <param name="MarketEvent">Market event in whose closure it happened.</param>
public sealed record HistoryRow(
    long Id, string? ProductId, HistoryAction Action, decimal? Price, decimal? Quantity, long TimestampNs,
    long? OrderSequence, long? PositionId, decimal Value, decimal Fee, string? Detail, long MarketEvent);
