namespace LowLatencyPortfolio.LatencyLab;

/// <summary>How good a forecaster's probabilities were.</summary>
/// <param name="Name">The forecaster.</param>
/// <param name="LogLoss">Mean of −ln of the probability given to what happened.</param>
/// <param name="Brier">Mean squared error of the probability.</param>
/// <param name="Auc">Chance that a rise had been given more than a non-rise; 0.5 tells nothing apart.</param>
/// <param name="GainPerDay">Log loss of the base rate less its own, mean of the days.</param>
/// <param name="GainError">
/// Standard error of that mean over days: judgements within a day repeat each other and are not counted one by one.
/// </param>
internal sealed record ForecastScore(
    string Name, double LogLoss, double Brier, double Auc, double GainPerDay, double GainError)
{
    public static ForecastScore Of(string name, IReadOnlyList<Forecast> forecasts, IReadOnlyList<Forecast> baseRates)
    {
        double[] gains =
        [
            .. forecasts.Zip(baseRates, (own, plain) => (own.Day, Gain: Loss(plain) - Loss(own)))
                .GroupBy(pair => pair.Day, pair => pair.Gain)
                .Select(day => day.Average()),
        ];
        double mean = gains.Average();
        double spread = Math.Sqrt(gains.Sum(gain => (gain - mean) * (gain - mean)) / Math.Max(1, gains.Length - 1));
        return new ForecastScore(
            name,
            forecasts.Average(Loss),
            forecasts.Average(own => Math.Pow(own.Probability - (own.Rose ? 1 : 0), 2)),
            AreaUnderCurve(forecasts),
            mean,
            spread / Math.Sqrt(gains.Length));
    }

    private static double Loss(Forecast forecast)
    {
        const double Least = 1e-9;
        return -Math.Log(Math.Max(Least, forecast.Rose ? forecast.Probability : 1 - forecast.Probability));
    }

    /// <summary>By ranks; equal probabilities share their mean rank.</summary>
    private static double AreaUnderCurve(IReadOnlyList<Forecast> forecasts)
    {
        Forecast[] sorted = [.. forecasts.OrderBy(forecast => forecast.Probability)];
        (double ranks, double rises) = (0, 0);
        for (int from = 0; from < sorted.Length;)
        {
            int to = from;
            int risesHere = 0;
            for (; to < sorted.Length && sorted[to].Probability == sorted[from].Probability; to++)
            {
                risesHere += sorted[to].Rose ? 1 : 0;
            }

            ranks += risesHere * ((from + to + 1) / 2.0);
            rises += risesHere;
            from = to;
        }

        double others = sorted.Length - rises;
        return rises > 0 && others > 0 ? (ranks - (rises * (rises + 1) / 2)) / (rises * others) : double.NaN;
    }
}
