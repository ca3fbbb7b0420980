using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary>The stored correlations as a rebalance takes them, by the pairs of a picture.</summary>
internal sealed class StoredReturns
{
    private const int Decimals = 12;
    private const double SecondsAYear = 365 * 86_400.0;
    private const double MostVolatility = 1_000;

    private readonly PortfolioPicture _picture;
    private readonly CorrelationRows _rows;
    private readonly int[] _rowOf;

    public StoredReturns(PortfolioPicture picture, CorrelationRows rows)
    {
        (_picture, _rows) = (picture, rows);
        _rowOf = [.. picture.Pairs.Select(pair => Array.IndexOf(rows.ProductIds, pair.Product.ProductId))];
    }

    /// <summary>Standard deviations of a year's return by pair, fractions; 0 where it is not known.</summary>
    public decimal[] Volatilities()
    {
        double closesAYear = SecondsAYear / _rows.CandleSeconds;
        return
        [
            .. Enumerable.Range(0, _rowOf.Length).Select(pair => IsMeasured(pair)
                ? Exact(Math.Min(_rows.Volatilities[_rowOf[pair]] * Math.Sqrt(closesAYear), MostVolatility))
                : 0m),
        ];
    }

    /// <summary>By which weights what is held contributes the same risk; none where that cannot be said.</summary>
    public decimal[] RiskShares()
    {
        int[] open = [.. Enumerable.Range(0, _rowOf.Length).Where(pair => IsOpen(pair) && IsMeasured(pair))];
        double[] weights = new double[open.Length];
        double[] volatilities = [.. open.Select(pair => _rows.Volatilities[_rowOf[pair]])];
        double[] correlations =
            [.. open.SelectMany(_ => open, (one, other) => Correlation(_rowOf[one], _rowOf[other]))];
        if (!RiskParity.TrySolve(volatilities, correlations, weights))
        {
            return [];
        }

        decimal[] shares = new decimal[_rowOf.Length];
        for (int k = 0; k < open.Length; k++)
        {
            shares[open[k]] = Exact(weights[k]);
        }

        return shares;
    }

    private double Correlation(int row, int column) => _rows.Correlations[(row * _rows.ProductIds.Length) + column];

    private bool IsMeasured(int pair) => _rowOf[pair] >= 0 && _rows.AreMeasured[_rowOf[pair]];

    // As the strategy: what is too little to sell takes no part, and neither does what is being closed.
    private bool IsOpen(int pair)
    {
        PairPicture known = _picture.Pairs[pair];
        return known.Open is { ExitReason: ExitReason.None, State: not StopState.Triggered }
            && !known.Product.IsTooSmallToSell(known.Held, known.Mark ?? 0m);
    }

    private static decimal Exact(double value) => decimal.Round((decimal)value, Decimals);
}
