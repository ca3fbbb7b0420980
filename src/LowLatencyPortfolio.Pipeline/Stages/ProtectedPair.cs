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

    /// <summary>Was without a stop for longer than the budget: its stop is not moved any more.</summary>
    public bool IsAlarmed;

    /// <summary>Counted among the pairs that the timer has to look at.</summary>
    public bool IsTimed;
    public StopState State;
    public ExitReason Exit;

    /// <summary>
    /// When the stop's trigger was reached, by the venue's word or by our own sight of the price; 0 when it was not.
    /// </summary>
    public long TriggeredAtNs;

    /// <summary>Since when something sellable is held and no stop works; 0 when one does.</summary>
    public long NakedSinceNs;

    /// <summary>Longest time without a working stop so far, ns.</summary>
    public long LongestNakedNs;

    public readonly bool HasPending => PendingStops > 0 || PendingReplace || PendingExit;

    public readonly bool MayNotMove => MovesSuspended || IsAlarmed;

    public readonly bool NeedsTime => RetryDue || TriggeredAtNs != 0 || NakedSinceNs != 0;
}
