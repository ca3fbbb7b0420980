namespace LowLatencyPortfolio.LatencyLab;

/// <summary>A tenth of a forecaster's judgements, and what followed them.</summary>
/// <param name="Said">Mean probability of a rise.</param>
/// <param name="Rose">Share that rose beyond the threshold.</param>
/// <param name="Fell">Share that fell as much: a forecaster of movement alone raises both.</param>
/// <param name="MeanReturn">Mean return until the horizon, fraction, no cost taken off.</param>
internal readonly record struct ForecastTenth(double Said, double Rose, double Fell, double MeanReturn)
{
    private const int Tenths = 10;

    /// <summary>By rising probability; fewer when there are fewer judgements.</summary>
    public static IEnumerable<ForecastTenth> Of(List<Forecast> forecasts, double threshold)
    {
        Forecast[] sorted = [.. forecasts.OrderBy(forecast => forecast.Probability)];
        return Enumerable.Range(0, Tenths)
            .Select(tenth => sorted[(tenth * sorted.Length / Tenths)..((tenth + 1) * sorted.Length / Tenths)])
            .Where(tenth => tenth.Length > 0)
            .Select(tenth => new ForecastTenth(
                tenth.Average(one => one.Probability),
                tenth.Average(one => one.Rose ? 1.0 : 0),
                tenth.Average(one => one.Return < -threshold ? 1.0 : 0),
                tenth.Average(one => one.Return)));
    }
}
