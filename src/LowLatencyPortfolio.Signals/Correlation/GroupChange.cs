namespace LowLatencyPortfolio.Signals;

/// <summary>A pair that went over to another measured group.</summary>
/// <param name="Pair">Index of the pair.</param>
/// <param name="From">Group it was in: index of the pair that the group is named after.</param>
/// <param name="To">Group it is in now.</param>
public readonly record struct GroupChange(int Pair, int From, int To);
