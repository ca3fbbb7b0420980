using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>A pair's newest position and all of the pair's money, as they were written down.</summary>
public sealed record StoredPosition
{
    /// <summary>Index of the pair.</summary>
    public required int Product { get; init; }

    /// <summary>The money: current trade, and all trades of the pair.</summary>
    public required PositionLedger Ledger { get; init; }

    /// <summary>Number of the newest position.</summary>
    public required long PositionId { get; init; }

    /// <summary>Highest price since it was opened, as far as it was written down; ring units.</summary>
    public long Highest { get; init; }

    /// <summary>Newest trigger; 0 before one was decided. Ring units.</summary>
    public long Trigger { get; init; }

    /// <summary>
    /// Newest price that was written down, ring units; 0 for none, and the position is valued at its cost until the
    /// first tick.
    /// </summary>
    public long Mark { get; init; }

    /// <summary>Times the stop moved up.</summary>
    public int Ratchets { get; init; }

    /// <summary>Why it is being closed; none while it is not.</summary>
    public ExitReason Reason { get; init; }
}
