namespace LowLatencyPortfolio.Signals.Tests.Correlation;

/// <summary>Average linkage by its definition: join the nearest two clusters until none are within the cut.</summary>
internal static class SlowClusters
{
    public static int[] Cut(CorrelationEstimator estimator, double correlation)
    {
        double cut = Math.Sqrt((1 - correlation) / 2);
        List<List<int>> clusters = [.. Enumerable.Range(0, estimator.PairCount).Select(pair => new List<int> { pair })];
        while (true)
        {
            var nearest = clusters
                .SelectMany((a, i) => clusters.Skip(i + 1).Select(b => (a, b, Distance: Distance(estimator, a, b))))
                .OrderBy(pair => pair.Distance)
                .FirstOrDefault((a: [], b: [], Distance: double.PositiveInfinity));
            if (nearest.Distance > cut)
            {
                break;
            }

            nearest.a.AddRange(nearest.b);
            clusters.Remove(nearest.b);
        }

        int[] labels = new int[estimator.PairCount];
        foreach (List<int> cluster in clusters)
        {
            cluster.ForEach(pair => labels[pair] = cluster.Min());
        }

        return labels;
    }

    private static double Distance(CorrelationEstimator estimator, List<int> first, List<int> second) =>
        first.Average(i => second.Average(j => Math.Sqrt(Math.Max(0, (1 - estimator.Correlation(i, j)) / 2))));
}
