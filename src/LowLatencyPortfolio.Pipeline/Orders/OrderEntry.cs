using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>What one stage knows of one order. Plain data in ring units, kept in an <see cref="OrderTable"/>.</summary>
/// <remarks>128 bytes: two cache lines.</remarks>
internal struct OrderEntry
{
    public long Sequence;
    public long Limit;
    public long Trigger;
    public long Quantity;
    public long Cumulative;

    /// <summary>
    /// Price at which a working buy counts against the limits: its limit, for a market order the collared mark. Quote.
    /// </summary>
    public decimal ExposurePrice;

    /// <summary>
    /// When it was decided on; with an entry of the ratchet, since when it waits for its fill, or, once the venue would
    /// not cancel it, since that refusal.
    /// </summary>
    public long CreatedAtNs;
    public long PositionId;
    public decimal FilledValue;
    public decimal Fees;
    public int Source;

    // Links of the table, by index + 1; 0 is the end.
    public int Next;
    public int Previous;

    /// <summary>Index of the pair, which has 16 bits everywhere.</summary>
    public short Product;

    /// <summary>A bit for each <see cref="ReportKind"/> that was reported.</summary>
    public ushort Reported;
    public OrderState State;
    public OrderPurpose Purpose;
    public OrderSide Side;
    public OrderType Type;

    /// <summary>Holds one of the entry slots, until ack, reject, abandon or a resolved unknown.</summary>
    public bool HoldsSlot;

    /// <summary>Waits in the entry queue.</summary>
    public bool Queued;

    /// <summary>The venue refused to cancel it; not asked again before the next supervision.</summary>
    public bool CancelRefused;

    /// <summary>An entry that is cancelled because it waited too long.</summary>
    public bool IsOverdue;

    public readonly long Remaining => Quantity - Cumulative;

    public readonly bool IsLive => OrderTransitions.IsLive(State);

    /// <summary>
    /// Whether a report of this kind came before and says nothing new: venues repeat themselves after a reconnect.
    /// </summary>
    public readonly bool IsRepetition(ReportKind report) =>
        report is not (ReportKind.Fill or ReportKind.Unknown or ReportKind.CancelRejected)
        && (Reported & (1 << (int)report)) != 0;

    public readonly bool IsStop => Purpose == OrderPurpose.Stop;

    /// <summary>Sells now, all or a part: it is never cancelled to make room for another.</summary>
    public readonly bool IsMarketSale => Purpose is OrderPurpose.Exit or OrderPurpose.Reduce;

    /// <summary>Live, and nobody asked for its end yet.</summary>
    public readonly bool CanCancel =>
        State is OrderState.Submitted or OrderState.Working or OrderState.Triggered && !CancelRefused;
}
