namespace LowLatencyPortfolio.Signals;

/// <summary>Count, mean and sum of squared deviations of some numbers.</summary>
/// <remarks>
/// Source: Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances" (1979).
/// Equal numbers have a deviation of exactly 0.
/// </remarks>
internal readonly record struct Moments(double Count, double Mean, double SquaredDeviations) : IMergeable<Moments>
{
    public static Moments Of(double value) => new(1, value, 0);

    public static Moments Merge(in Moments older, in Moments newer)
    {
        double count = older.Count + newer.Count;
        double difference = newer.Mean - older.Mean;
        return count == 0
            ? default
            : new Moments(
                count,
                older.Mean + (difference * newer.Count / count),
                older.SquaredDeviations + newer.SquaredDeviations
                    + (difference * difference * older.Count * newer.Count / count));
    }
}
