namespace LowLatencyPortfolio.Engine;

/// <summary>Why the engine held a signal's entry back before it asked the risk gate.</summary>
public enum EntryHold : byte
{
    /// <summary>It did not.</summary>
    None = 0,

    /// <summary>The pair holds a position that is more than dust.</summary>
    PositionHeld = 1,

    /// <summary>An entry of the pair is on its way or works.</summary>
    EntryWorking = 2,

    /// <summary>A stop of the pair still rests.</summary>
    StopResting = 3,

    /// <summary>The pair is being closed.</summary>
    Exiting = 4,

    /// <summary>The pair sold less than <see cref="SignalOptions.CooldownCandles"/> whole candles ago.</summary>
    CoolingDown = 5,

    /// <summary>The pair did not trade in the candle that closed: what its signal says is old.</summary>
    NoCandle = 6,
}
