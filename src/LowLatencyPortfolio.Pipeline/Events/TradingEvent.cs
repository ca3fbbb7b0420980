using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>One slot of the ring: a fact from outside, and what the stages wrote about it as it passed.</summary>
/// <remarks>
/// <code>
///  line 0, written by the producer; a tick writes no other line
///    0 Kind · 1 Sub · 2 Count (u16) · 4 Product (i32) · 8 ReceivedAtNs · 16 VenueTimeNs · 24 Price · 32 Quantity
///   40 Low · 48 High · 56 TradeKey
///  line 1, written by the producer of reports, commands and controls
///   64 OrderSequence · 72 RelatedSequence · 80 CumulativeQuantity · 88 Side · 89 OrderType · 90 Liquidity · 91 Reason,
///   or HaltCause · 92 Source (i32) · 96 FillValue (decimal) · 112 Fee (decimal)
///  line 2, written by the stages (MarketEvent: by the producer too, unless it publishes a tick)
///  128 NowNs · 136 MarketEvent · 144 RangeLow · 152 RangeHigh
///  160 TickVerdict · 161 Decision · 162 ExitReason · 163 Verdict · 164 RatchetRequest · 165 RiskRequest
///  166 ModeChange · 167 Supervision
///  168 ReviewProduct (i16) · 170 LiquidateProduct (i16) · 172 FillApplied · 173 LiquidationReason
///  174 CoinsLeft
///  176 DecisionTrigger or DecisionOrder · 184 DecisionLimit
///  line 3, written by the stages, never on a tick that passes their screens
///  192 DecisionQuantity · 200 Highest · 208 Approved (40 bytes) · 248 EntrySource (i32) → 256
/// </code>
/// Slots are not cleared between uses: a producer writes every field of line 0 and, unless it publishes a tick,
/// MarketEvent and what the event's kind needs of line 1. Normalize clears bytes 160 to 167 on every event and 168 to
/// 175 on all but ticks; on a tick, and in the rest of lines 2 and 3, a field counts only with the flag that announces
/// it. Prices and quantities are ring units of the product (<see cref="ProductSpec"/>), times ns since the Unix epoch,
/// UTC. The struct holds no reference, so the garbage collector never looks into the ring.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = 256)]
public struct TradingEvent
{
    /// <summary><see cref="Count"/> of a report that the venue gave only when it was asked.</summary>
    public const ushort FoundByAsking = 2;

    /// <summary>What the event is.</summary>
    [FieldOffset(0)] public EventKind Kind;

    /// <summary>The <see cref="ReportKind"/> of a report.</summary>
    [FieldOffset(1)] public ReportKind Report;

    /// <summary>The <see cref="ControlAction"/> of a control event.</summary>
    [FieldOffset(1)] public ControlAction Action;

    /// <summary>
    /// The <see cref="HealthFlag"/> of a feed state event; <see cref="Quantity"/> 1 = bad, 0 = good again.
    /// </summary>
    [FieldOffset(1)] public HealthFlag Health;

    /// <summary>
    /// Tick: how many it stands for: 1, or more when ticks were conflated. Control: the parameter of its action.
    /// Report: <see cref="FoundByAsking"/> where the venue was asked and had not told, 1 otherwise.
    /// </summary>
    [FieldOffset(2)] public ushort Count;

    /// <summary>Index of the pair; −1 when the event concerns none or all.</summary>
    [FieldOffset(4)] public int Product;

    /// <summary>When we received it, our clock; in replay the file's time.</summary>
    [FieldOffset(8)] public long ReceivedAtNs;

    /// <summary>When the venue says it happened; 0 when it does not say.</summary>
    [FieldOffset(16)] public long VenueTimeNs;

    /// <summary>Tick: traded price. Command and report: limit price, the fill's price in a fill.</summary>
    [FieldOffset(24)] public long Price;

    /// <summary>
    /// Tick: traded quantity. Command and report: the order's total quantity (0 in a command: size it by the
    /// configuration). GroupsChanged: index of the pair that the group is named after.
    /// </summary>
    [FieldOffset(32)] public long Quantity;

    /// <summary>Tick: lowest price of the conflated ticks. Report: the stop's trigger.</summary>
    [FieldOffset(40)] public long Low;

    /// <summary>Tick: highest price of the conflated ticks.</summary>
    [FieldOffset(48)] public long High;

    /// <summary>The venue's trade number; 0 when unknown.</summary>
    [FieldOffset(56)] public long TradeKey;

    /// <summary>Our number of the order a report or an intent result is about.</summary>
    [FieldOffset(64)] public long OrderSequence;

    /// <summary>In <see cref="ReportKind.Replaced"/>: our number of the order that is gone.</summary>
    [FieldOffset(72)] public long RelatedSequence;

    /// <summary>
    /// Filled quantity of the order so far, this report included. Coins: what our orders can sell.
    /// </summary>
    [FieldOffset(80)] public long CumulativeQuantity;

    /// <summary>The order's side.</summary>
    [FieldOffset(88)] public OrderSide Side;

    /// <summary>The order's type.</summary>
    [FieldOffset(89)] public OrderType OrderType;

    /// <summary>Whether the fill gave or took liquidity.</summary>
    [FieldOffset(90)] public Liquidity Liquidity;

    /// <summary>Why an order was rejected.</summary>
    [FieldOffset(91)] public RejectReason Reason;

    /// <summary>Feed state that halts entries, or allows them again: why. None is not journaled.</summary>
    [FieldOffset(91)] public HaltCause HaltCause;

    /// <summary>What was away, of <see cref="HealthFlag.Outage"/>.</summary>
    [FieldOffset(91)] public OutageKind Outage;

    /// <summary>Which command source asked, so that an awaiting caller can be told; 0 when nobody waits.</summary>
    [FieldOffset(92)] public int Source;

    /// <summary>Quote value of this fill, exact.</summary>
    [FieldOffset(96)] public decimal FillValue;

    /// <summary>Fee of this fill, quote.</summary>
    [FieldOffset(112)] public decimal Fee;

    /// <summary>
    /// The engine's time at this event: never earlier than at the event before. Written by Normalize.
    /// </summary>
    [FieldOffset(128)] public long NowNs;

    /// <summary>
    /// Number of the market event whose closure this event belongs to. Normalize numbers the ticks; the producer of
    /// anything else gives their number, or 0 for the newest.
    /// </summary>
    [FieldOffset(136)] public long MarketEvent;

    /// <summary>
    /// Lowest price traded with an <see cref="TickVerdict.AcceptedRange"/> tick. Written by Normalize.
    /// </summary>
    [FieldOffset(144)] public long RangeLow;

    /// <summary>
    /// Highest price traded with an <see cref="TickVerdict.AcceptedRange"/> tick. Written by Normalize.
    /// </summary>
    [FieldOffset(152)] public long RangeHigh;

    /// <summary>
    /// Bytes 160 to 167 at once: set by Normalize on every event, compared by later stages to see that none has spoken.
    /// </summary>
    [FieldOffset(160)] public ulong StageFlags;

    /// <summary>
    /// Bytes 168 to 175 at once: cleared by Normalize on all but ticks, where each counts only with its request.
    /// </summary>
    [FieldOffset(168)] public ulong StageFlags2;

    /// <summary>What Normalize made of the tick.</summary>
    [FieldOffset(160)] public TickVerdict TickVerdict;

    /// <summary>What the ratchet decided.</summary>
    [FieldOffset(161)] public DecisionKind Decision;

    /// <summary>Why the ratchet closes the position.</summary>
    [FieldOffset(162)] public ExitReason ExitReason;

    /// <summary>What the risk gate said.</summary>
    [FieldOffset(163)] public RiskVerdict Verdict;

    /// <summary>What the ratchet asks of Dispatch beyond the event's pair.</summary>
    [FieldOffset(164)] public StageRequest RatchetRequest;

    /// <summary>What the risk gate asks of Dispatch beyond the event's pair.</summary>
    [FieldOffset(165)] public StageRequest RiskRequest;

    /// <summary>
    /// The mode after the event plus one when the event changed it, else 0. Written by the risk gate.
    /// </summary>
    [FieldOffset(166)] public byte ModeChange;

    /// <summary>
    /// Whether the ratchet looked at the pair beyond its screen, and what it found; <see cref="ExitReason"/> and
    /// <see cref="Highest"/> are written only then.
    /// </summary>
    [FieldOffset(167)] public SupervisionMark Supervision;

    /// <summary>The pair of <see cref="StageRequest.ReviewEntry"/>.</summary>
    [FieldOffset(168)] public short ReviewProduct;

    /// <summary>The pair of <see cref="StageRequest.Liquidate"/>.</summary>
    [FieldOffset(170)] public short LiquidateProduct;

    /// <summary>Whether the report carried a fill that was applied (not a duplicate).</summary>
    [FieldOffset(172)] public bool FillApplied;

    /// <summary>Why the pair of <see cref="StageRequest.Liquidate"/> is to be closed.</summary>
    [FieldOffset(173)] public ExitReason LiquidationReason;

    /// <summary>
    /// The coins that this <see cref="EventKind.Coins"/> event shows to be missing have left the position. Written by
    /// the ratchet.
    /// </summary>
    [FieldOffset(174)] public bool CoinsLeft;

    /// <summary>Trigger of the stop to place; 0 for a market sell and for an entry.</summary>
    [FieldOffset(176)] public long DecisionTrigger;

    /// <summary>Our number of the entry to cancel; only with <see cref="DecisionKind.CancelOverdue"/>.</summary>
    [FieldOffset(176)] public long DecisionOrder;

    /// <summary>Limit of the stop or sell to place or of the entry that was reviewed; 0 for a market order.</summary>
    [FieldOffset(184)] public long DecisionLimit;

    /// <summary>Quantity of the stop to place, of the market sell, or of the entry as it was sized.</summary>
    [FieldOffset(192)] public long DecisionQuantity;

    /// <summary>
    /// The pair's highest price since its position was opened; written by the ratchet with <see cref="Supervision"/>.
    /// </summary>
    [FieldOffset(200)] public long Highest;

    /// <summary>The order the risk gate approved.</summary>
    [FieldOffset(208)] public ApprovedOrder Approved;

    /// <summary>
    /// The <see cref="Source"/> of the entry that was reviewed; written by the risk gate with every verdict on an
    /// entry.
    /// </summary>
    [FieldOffset(248)] public int EntrySource;
}
