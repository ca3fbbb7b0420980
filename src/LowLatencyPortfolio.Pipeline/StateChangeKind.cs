namespace LowLatencyPortfolio.Pipeline;

/// <summary>Which table a <see cref="StateChange"/> is for.</summary>
public enum StateChangeKind : byte
{
    /// <summary>Nothing; only marks the end of an event, or warms the queue up.</summary>
    None = 0,

    /// <summary>Insert or update the row of <c>orders</c> with <c>OrderSequence</c>.</summary>
    Order = 1,

    /// <summary>Insert or update the row of <c>positions</c> with <c>PositionId</c>.</summary>
    Position = 2,

    /// <summary>Append a row to <c>history</c>.</summary>
    History = 3,

    /// <summary>Update the one row of <c>portfolio</c>: mode, breaker base, equity, realized.</summary>
    Portfolio = 4,

    /// <summary>Update only the mode in the one row of <c>portfolio</c>.</summary>
    Mode = 5,

    /// <summary>
    /// Insert or update the pair's row of <c>measured_groups</c>, and append one to <c>history</c>: <c>Quantity</c> is
    /// the index of the pair that the group is named after.
    /// </summary>
    Group = 6,
}
