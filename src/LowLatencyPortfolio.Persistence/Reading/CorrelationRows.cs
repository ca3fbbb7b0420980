namespace LowLatencyPortfolio.Persistence;

/// <summary>Correlations and volatilities after one candle close, as readers beside the engine see them.</summary>
/// <remarks>Thread: immutable, if the arrays are left alone. Estimates in <c>double</c>: shown, never booked.</remarks>
public sealed record CorrelationRows
{
    /// <summary>End of the newest candles, ns UTC.</summary>
    public required long ClosedAtNs { get; init; }

    /// <summary>Length of a candle, seconds.</summary>
    public required int CandleSeconds { get; init; }

    /// <summary>Closes taken in.</summary>
    public required long Closes { get; init; }

    /// <summary>How many equally weighted closes would say as much.</summary>
    public required double EffectiveCloses { get; init; }

    /// <summary>Mean correlation of the measured pairs; 0 below two.</summary>
    public required double MeanCorrelation { get; init; }

    /// <summary>Share of the mean in every correlation, 0 to 1.</summary>
    public required double Shrinkage { get; init; }

    /// <summary>The pairs, in the ordinal order of their ids.</summary>
    public required string[] ProductIds { get; init; }

    /// <summary>By pair: whether its correlations are known.</summary>
    public required bool[] AreMeasured { get; init; }

    /// <summary>By pair: standard deviation of its return over one candle, a fraction.</summary>
    public required double[] Volatilities { get; init; }

    /// <summary>The matrix, row by row, 1 on the diagonal; 0 where one of the two is not measured.</summary>
    public required double[] Correlations { get; init; }
}
