namespace LowLatencyPortfolio.Persistence;

/// <summary>A row of <c>measured_groups</c>: with which pairs one was measured to move.</summary>
/// <param name="ProductId">The pair.</param>
/// <param name="GroupId">The pair that its group is named after; itself where it moves with no other.</param>
/// <param name="ChangedAtNs">Event time of the change, ns UTC.</param>
public sealed record MeasuredGroupRow(string ProductId, string GroupId, long ChangedAtNs);
