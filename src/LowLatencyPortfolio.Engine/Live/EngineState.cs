namespace LowLatencyPortfolio.Engine;

/// <summary>Where a live engine is in its life; it is lived once.</summary>
public enum EngineState
{
    /// <summary>Made, not started.</summary>
    Created = 0,

    /// <summary>Trading, as far as the trading mode allows.</summary>
    Running = 1,

    /// <summary>Finishing what is under way; nothing new is taken.</summary>
    Stopping = 2,

    /// <summary>Ended in order.</summary>
    Stopped = 3,

    /// <summary>Ended by a fault. Stops that rest at the venue go on resting; nobody moves them.</summary>
    Faulted = 4,
}
