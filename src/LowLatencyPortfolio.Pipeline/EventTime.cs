namespace LowLatencyPortfolio.Pipeline;

/// <summary>Lengths of event time in ns.</summary>
public static class EventTime
{
    /// <summary>One second.</summary>
    public const long Second = 1_000_000_000;

    /// <summary>One minute.</summary>
    public const long Minute = 60 * Second;

    /// <summary>One hour.</summary>
    public const long Hour = 60 * Minute;

    /// <summary>One UTC day; the Unix epoch began at midnight, so a day starts where this divides the time.</summary>
    public const long Day = 24 * Hour;
}
