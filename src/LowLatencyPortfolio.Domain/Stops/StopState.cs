namespace LowLatencyPortfolio.Domain;

/// <summary>Where the protection of one pair's position stands.</summary>
/// <remarks>The number of each value is stored; never renumber. Source: SPEC 10.</remarks>
public enum StopState : byte
{
    /// <summary>Nothing to protect, or too little to sell.</summary>
    None = 0,

    /// <summary>A first stop was asked for and is not acknowledged. The engine watches the trigger.</summary>
    Placing = 1,

    /// <summary>A stop rests at the venue.</summary>
    Resting = 2,

    /// <summary>A resting stop was asked to move. The engine watches the newest trigger.</summary>
    Replacing = 3,

    /// <summary>The stop's trigger was reached; it is selling.</summary>
    Triggered = 4,

    /// <summary>The position is being closed at the market.</summary>
    Exiting = 5,

    /// <summary>The position is closed; a new buy fill starts anew.</summary>
    Closed = 6,
}
