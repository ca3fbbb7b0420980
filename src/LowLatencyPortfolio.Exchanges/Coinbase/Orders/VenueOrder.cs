using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>What the gateway knows of one order. Plain data, kept in a <see cref="VenueOrderBook"/>.</summary>
internal struct VenueOrder
{
    /// <summary>The order as the engine wants it; its sequence is the order's name in reports.</summary>
    public OrderCommand Command;

    /// <summary>The start that made it.</summary>
    public long Epoch;

    /// <summary>
    /// Sequence in the client id under which the venue has it: its own, or, after an edit, that of the order it took
    /// over.
    /// </summary>
    public long ClientSequence;

    public VenueOrderId Id;
    public OrderPhase Phase;
    public CancelPhase Cancel;

    /// <summary>The engine asked for the cancel, not the gateway on the way to a replacement.</summary>
    public bool IsCancelOfEngine;

    /// <summary>
    /// A cancel of ours may have been sent, by this start or an earlier one; it stays so whatever was answered.
    /// </summary>
    public bool WasCancelAsked;

    public bool IsAcknowledged;
    public bool IsTriggered;

    /// <summary>Done because it was proven or believed absent, not because the venue ended it.</summary>
    public bool IsDoneByProof;

    /// <summary>Its request was lost once: it may have arrived.</summary>
    public bool WasLost;

    /// <summary>
    /// Of an earlier session: its request is not repeated, because nobody knows whether it is still wanted.
    /// </summary>
    public bool IsRestored;

    /// <summary>The venue does not let this order be edited any more.</summary>
    public bool NoEdit;

    /// <summary>Edits of it that the venue refused in a row, without a reason that ends the matter.</summary>
    public int EditRefusals;

    /// <summary>It took over another's place at the venue by an edit.</summary>
    public bool WasEdited;

    /// <summary>What the order whose place it took by an edit had traded, and for how much.</summary>
    public long BaseFilled;
    public decimal BaseValue;
    public decimal BaseFees;

    /// <summary>What was reported of this order so far.</summary>
    public long Filled;
    public decimal Value;
    public decimal Fees;

    /// <summary>Fees that the venue added without another fill: they go with the next one.</summary>
    public decimal LateFees;

    /// <summary>Total size of the order at the venue, ring units.</summary>
    public long VenueSize;

    /// <summary>The order that is to take this one's place; 0 = none.</summary>
    public long ReplacedBy;

    /// <summary>What this order had traded when its replacement was decided.</summary>
    public long FilledAtReplace;

    /// <summary>The way to the replacement has begun: a cancel or an edit is under way.</summary>
    public bool IsReplaceBegun;

    /// <summary>
    /// Of a move: total size that its edit asked for, ring units; whatever was answered, the venue may have carried it
    /// out. 0 = none was sent, or the order is over without it.
    /// </summary>
    public long EditSize;

    /// <summary>Of a move: its edit was sent and has not been answered.</summary>
    public bool IsEditInFlight;

    /// <summary>Of a move: when the engine asked for it, ns UTC.</summary>
    public long WaitsSinceNs;

    /// <summary>Of a move: the edit or the cancel that it needs may have been carried out.</summary>
    public bool HasLeft;

    /// <summary>When the cancel left that makes room for this order, ns UTC; 0 = it did not.</summary>
    public long MoveBegunNs;

    /// <summary>When it was first seen with other terms than it should have, ns UTC; 0 = not.</summary>
    public long DiffersSinceNs;

    /// <summary>Requests about it that led nowhere.</summary>
    public int Attempts;

    /// <summary>When it is sent again, ns UTC; <see cref="long.MaxValue"/> = not by time.</summary>
    public long ResendAtNs;

    /// <summary>What is sent then.</summary>
    public WireAction Resend;

    /// <summary>When the venue is asked about it, ns UTC; <see cref="long.MaxValue"/> = not.</summary>
    public long LookAtNs;

    /// <summary>When the venue was last asked about it, ns UTC; 0 = never.</summary>
    public long AskedAtNs;

    /// <summary>When it was first not found, ns UTC; 0 = not yet.</summary>
    public long AbsentSinceNs;

    /// <summary>When waiting for its read-back, a hold or a connection ends, ns UTC; 0 = not waiting.</summary>
    public long DeadlineNs;

    /// <summary>It traded more than it was for; counted.</summary>
    public bool IsOverfilled;

    /// <summary>Why the venue refused the repetition of a lost request; told once it is proven absent.</summary>
    public RejectReason Refusal;

    /// <summary>When that was, ns UTC; 0 = it was not.</summary>
    public long RefusedAtNs;

    /// <summary>Position in the list of orders that are not done, plus one.</summary>
    public int LivePlace;

    /// <summary>The repetition of its lost request was refused.</summary>
    public readonly bool IsRefused => RefusedAtNs != 0;

    public readonly long Sequence => Command.Sequence;

    public readonly bool IsSell => Command.Side == OrderSide.Sell;

    /// <summary>
    /// Closes risk: resolved by repeating the request, and then first in line. The sell of a part too, because nothing
    /// can protect the part as long as nobody knows whether it is sold.
    /// </summary>
    public readonly bool IsProtective => Command.Purpose is not OrderPurpose.Entry;

    /// <summary>A sell that trades at once or ends: one that works for longer than moments is asked about.</summary>
    public readonly bool IsSellAtOnce => IsSell && Command.Type is OrderType.Market or OrderType.LimitIoc;

    public readonly bool IsDone => Phase == OrderPhase.Done;

    /// <summary>Of a move: nobody knows yet whether the venue has carried its edit out.</summary>
    public readonly bool IsEditOpen =>
        (Phase == OrderPhase.Replacing && IsEditInFlight) || Phase == OrderPhase.ReadBack;
}
