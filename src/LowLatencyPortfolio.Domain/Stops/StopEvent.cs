namespace LowLatencyPortfolio.Domain;

/// <summary>What can happen to the protection of a position.</summary>
public enum StopEvent : byte
{
    /// <summary>A buy filled and enough is held for a stop.</summary>
    StopRequested = 1,

    /// <summary>The venue acknowledged a stop, first, additional or moved.</summary>
    StopAcknowledged = 2,

    /// <summary>A resting stop was asked to move up, or stops to merge.</summary>
    MoveRequested = 3,

    /// <summary>The move was refused and a stop still rests.</summary>
    MoveRefused = 4,

    /// <summary>The stop is gone or was never taken, and the position is still to be protected.</summary>
    StopLost = 5,

    /// <summary>The venue reports the trigger as reached.</summary>
    TriggerReached = 6,

    /// <summary>The position is to be closed at the market.</summary>
    ExitRequested = 7,

    /// <summary>Nothing, or only dust, is held any more.</summary>
    PositionClosed = 8,
}
