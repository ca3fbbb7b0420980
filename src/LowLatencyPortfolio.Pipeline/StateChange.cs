using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// One change of stored state, as Dispatch tells it to the journal. A flat struct without references, so that queueing
/// it costs no garbage.
/// </summary>
/// <remarks>
/// Prices and quantities are ring units of <see cref="Product"/>; money is decimal, quote currency; times are ns UTC.
/// Which fields count is said by <see cref="Kind"/>; the others are 0.
/// </remarks>
public struct StateChange
{
    /// <summary>Which table.</summary>
    public StateChangeKind Kind;

    /// <summary>The last change of its event: a transaction may end here, never before.</summary>
    public bool EndOfEvent;

    /// <summary>
    /// The journal must answer, after the commit, with <see cref="EventKind.IntentDurable"/> or
    /// <see cref="EventKind.IntentFailed"/>.
    /// </summary>
    public bool WantsAnswer;

    /// <summary>History: what happened.</summary>
    public HistoryAction Action;

    /// <summary>History of a refusal: which limit.</summary>
    public RiskVerdict Verdict;

    /// <summary>Position, history: why the position is or was closed.</summary>
    public ExitReason ExitReason;

    /// <summary>Order: where it stands.</summary>
    public OrderState OrderState;

    /// <summary>Order, history: side.</summary>
    public OrderSide Side;

    /// <summary>Order: type.</summary>
    public OrderType OrderType;

    /// <summary>Order: purpose.</summary>
    public OrderPurpose Purpose;

    /// <summary>Order, history of a rejection: the venue's reason.</summary>
    public RejectReason Reason;

    /// <summary>Position: the stop supervisor's state.</summary>
    public StopState StopState;

    /// <summary>Portfolio, mode, history of a change of mode: the trading mode.</summary>
    public TradingMode Mode;

    /// <summary>History of a reconciliation: which difference.</summary>
    public ReconcileFinding Finding;

    /// <summary>History of entries that are halted, or allowed again: why.</summary>
    public HaltCause HaltCause;

    /// <summary>History of an entry's fill: whether it made or took; None where the venue did not say.</summary>
    public Liquidity Liquidity;

    /// <summary>History of an outage: what was away.</summary>
    public OutageKind Outage;

    /// <summary>History of a rebalance that was taken on: which way; 0 otherwise.</summary>
    public RebalanceKind Rebalance;

    /// <summary>Index of the pair; −1 for the portfolio.</summary>
    public int Product;

    /// <summary>Number of the market event whose closure the change belongs to.</summary>
    public long MarketEvent;

    /// <summary>Event time, ns UTC.</summary>
    public long TimeNs;

    /// <summary>Order, history: our number of the order; 0 without one.</summary>
    public long OrderSequence;

    /// <summary>Order: the start that named it, from 1; 0 for the journal's own.</summary>
    public long Epoch;

    /// <summary>Order, position, history: number of the position, rising from 1; 0 before one exists.</summary>
    public long PositionId;

    /// <summary>
    /// Order: limit. History: the price its action defines. Position: 0, the entry follows from cost.
    /// </summary>
    public long Price;

    /// <summary>Order: trigger. Position: newest trigger.</summary>
    public long Trigger;

    /// <summary>Order: total. Position: held. History: quantity of the action.</summary>
    public long Quantity;

    /// <summary>Order: filled so far. Position: bought since it was opened.</summary>
    public long FilledQuantity;

    /// <summary>Position: sold since it was opened.</summary>
    public long SoldQuantity;

    /// <summary>Position: highest price since it was opened.</summary>
    public long Highest;

    /// <summary>Position: price of the newest exit fill.</summary>
    public long ExitPrice;

    /// <summary>
    /// Order: creation time. Position: opening time. History of an outage: its beginning. ns UTC.
    /// </summary>
    public long OpenedAtNs;

    /// <summary>
    /// Position: closing time, 0 while open. History of an outage: its end, 0 while it lasts. ns UTC.
    /// </summary>
    public long ClosedAtNs;

    /// <summary>Position: times the stop was moved up.</summary>
    public int Ratchets;

    /// <summary>
    /// Position: remaining cost. Order: filled value. History of a fill: its value. Portfolio: breaker base.
    /// </summary>
    public decimal Value;

    /// <summary>Position: all that was paid for it. Portfolio: equity.</summary>
    public decimal BoughtValue;

    /// <summary>Position: all that was received for it.</summary>
    public decimal SoldValue;

    /// <summary>Order, position: fees so far. History of a fill: its fee.</summary>
    public decimal Fees;

    /// <summary>Position: realized so far, fees included. Portfolio: realized in all.</summary>
    public decimal Realized;
}
