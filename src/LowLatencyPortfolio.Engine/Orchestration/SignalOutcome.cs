namespace LowLatencyPortfolio.Engine;

/// <summary>What came of asking for one pair's signal.</summary>
public enum SignalOutcome
{
    /// <summary>The generator answered.</summary>
    Answered = 1,

    /// <summary>The generator threw.</summary>
    Failed = 2,

    /// <summary>The generator did not answer within the deadline.</summary>
    Late = 3,
}
