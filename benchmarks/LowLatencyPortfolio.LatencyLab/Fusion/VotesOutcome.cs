namespace LowLatencyPortfolio.LatencyLab;

/// <summary>The judgements at which so many votes stood, and what followed them.</summary>
/// <param name="Standing">Votes that stood, 0 to 3.</param>
/// <param name="Judgements">How many.</param>
/// <param name="Said">Mean probability of a rise that the votes' own record gave at the time.</param>
/// <param name="Rose">Share that rose beyond the threshold.</param>
/// <param name="Fell">Share that fell as much.</param>
/// <param name="MeanReturn">Mean return until the horizon, fraction, no cost taken off.</param>
internal readonly record struct VotesOutcome(
    int Standing, int Judgements, double Said, double Rose, double Fell, double MeanReturn)
{
    /// <summary>By number of votes, rising; numbers that never stood are absent.</summary>
    /// <param name="forecasts">Judgements by votes.</param>
    /// <param name="standing">The votes at each of them.</param>
    /// <param name="threshold">Return that counts as a rise, fraction.</param>
    public static IEnumerable<VotesOutcome> Of(
        IReadOnlyList<Forecast> forecasts, IReadOnlyList<int> standing, double threshold) => forecasts
        .Zip(standing, (forecast, votes) => (forecast, votes))
        .GroupBy(one => one.votes, one => one.forecast)
        .OrderBy(group => group.Key)
        .Select(group => new VotesOutcome(
            group.Key,
            group.Count(),
            group.Average(one => one.Probability),
            group.Average(one => one.Rose ? 1.0 : 0),
            group.Average(one => one.Return < -threshold ? 1.0 : 0),
            group.Average(one => one.Return)));
}
