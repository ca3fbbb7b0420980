namespace LowLatencyPortfolio.LatencyLab;

/// <summary>One judgement and what became of it.</summary>
/// <param name="Day">Days since 1970-01-01, UTC.</param>
/// <param name="Probability">Of a rise beyond the threshold.</param>
/// <param name="Return">Until the horizon, fraction, no cost taken off.</param>
/// <param name="Rose">Whether it was beyond the threshold.</param>
internal readonly record struct Forecast(long Day, double Probability, double Return, bool Rose);
