using System.Runtime.InteropServices;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>What the ratchet knows of one pair: two cache lines, of which a screened tick touches the first.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct ProtectedPair
{
    // Hot: a tick strictly between the wake levels can change no decision.
    public long WakeAbove;
    public long WakeBelow;
    public long Highest;
    public long Last;
    public long Held;

    // Cold: the decimal path.
    /// <summary>Trigger last decided; 0 when none is.</summary>
    public long Trigger;

    /// <summary>Trigger last acknowledged; a refused move returns to it.</summary>
    public long AcknowledgedTrigger;

    /// <summary>Quantity of stops decided and not yet seen in a report.</summary>
    public long PendingStopQuantity;
    public int PendingStops;
    public bool PendingReplace;
    public bool PendingExit;

    /// <summary>Retry at the next supervision, not in this event: the venue or the gate refused.</summary>
    public bool RetryDue;
    public bool MovesSuspended;

    /// <summary>The trading mode lets no entry work; see <see cref="EntryBar"/>.</summary>
    public bool EntriesBarred;

    /// <summary>Was without a stop for longer than the budget: its stop is not moved any more.</summary>
    public bool IsAlarmed;

    /// <summary>Counted among the pairs that the timer has to look at.</summary>
    public bool IsTimed;
    public StopState State;
    public ExitReason Exit;

    /// <summary>The venue takes no new orders in the product: what rests must not be given up.</summary>
    public bool TakesNoOrders;

    /// <summary>The stop was moved a moment ago; see <see cref="HealthFlag.StopMovesPaced"/>.</summary>
    public bool IsPaced;

    /// <summary>To move the stop would take too long; see <see cref="HealthFlag.StopMovesSlow"/>.</summary>
    public bool MovesSlow;

    /// <summary>
    /// Refused for the product's state on every rung: not sent again before that changes or
    /// <see cref="VenueRetryNs"/>.
    /// </summary>
    public bool IsBlocked;

    /// <summary>It was said that the exit waits.</summary>
    public bool IsBlockTold;

    /// <summary>A person cancelled the stop after it had been restored: it is not placed again.</summary>
    public bool IsStopTaken;

    /// <summary>Coins have left: what rests may be for more than is held.</summary>
    public bool MustShrink;

    /// <summary>How the exit is sent: 0 market, 1 limit at once or never, 2 resting limit.</summary>
    public byte ExitRung;

    /// <summary>A part is to be sold; see <see cref="ReductionPlan"/>.</summary>
    public ReductionStep Reduction;

    /// <summary>Its sell was decided and not yet seen in a report.</summary>
    public bool PendingSale;

    /// <summary>The last stop that was answered was refused as invalid: one more is not a matter of chance.</summary>
    public bool WasStopInvalid;

    /// <summary>
    /// When the stop's trigger was reached, by the venue's word or by our own sight of the price; 0 when it was not.
    /// </summary>
    public long TriggeredAtNs;

    /// <summary>Since when something sellable is held and no stop works; 0 when one does.</summary>
    public long NakedSinceNs;

    /// <summary>Longest time without a working stop so far, ns.</summary>
    public long LongestNakedNs;

    /// <summary>
    /// Newest stop when a person first cancelled one of the position's; 0 = nobody did. What ends among the older ones
    /// belongs to the same intervention.
    /// </summary>
    public long HandMark;

    /// <summary>
    /// When what is blocked is tried again, or a resting exit is priced anew; 0 = not by time.
    /// </summary>
    public long VenueRetryNs;

    public readonly bool HasPending => PendingStops > 0 || PendingReplace || PendingExit || PendingSale;

    public readonly bool MayNotMove =>
        MovesSuspended || IsAlarmed || MovesSlow || TakesNoOrders || IsPaced || Reduction >= ReductionStep.Shrinking;

    public readonly bool NeedsTime =>
        RetryDue || TriggeredAtNs != 0 || NakedSinceNs != 0 || VenueRetryNs != 0 || IsPaced
        || Reduction == ReductionStep.Selling;

    public readonly bool IsRetryDue(long nowNs) => VenueRetryNs != 0 && nowNs >= VenueRetryNs;

    /// <summary>The product may have changed: everything may be tried again, from the first rung.</summary>
    public void Unblock()
    {
        VenueRetryNs = IsBlocked ? 0 : VenueRetryNs;
        IsBlocked = false;
        ExitRung = 0;
    }
}
