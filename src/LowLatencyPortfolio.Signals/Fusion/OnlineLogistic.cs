using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace LowLatencyPortfolio.Signals;

/// <summary>Logistic regression with an L2 penalty, which learns as outcomes come in and forgets the old.</summary>
/// <remarks>
/// <para>Thread: one owner. Allocation: a few small arrays a step. Cost: O(d²) an example, O(d³) a step.</para>
/// <para>All past examples are carried as the quadratic about the weights at which they were seen: their curvature is
/// summed (and decays), their gradient at the best weights is that of the penalty. So a step is one Newton step of the
/// decayed past, the new examples and the penalty together:
/// w += (A + λI)⁻¹ · (Σ (y − p)·x − (1 − decay)·λ·(w − w₀)), A = decay·A + Σ p(1 − p)·xxᵀ.
/// A + λI is positive definite, so Cholesky solves it.</para>
/// <para>Source: L. Fahrmeir, "Posterior mode estimation by extended Kalman filtering for multivariate dynamic
/// generalized linear models", JASA 87, 1992, of which this is the information form with a decay in place of a process
/// variance.</para>
/// </remarks>
internal sealed class OnlineLogistic
{
    private readonly double _ridge;
    private readonly double _decay;
    private readonly double[] _prior;
    private readonly double[] _gradient;
    private readonly double[] _curvature;
    private bool _hasExamples;

    public OnlineLogistic(ReadOnlySpan<double> prior, double ridge, double decay)
    {
        (_ridge, _decay) = (ridge, decay);
        _prior = prior.ToArray();
        Weights = prior.ToArray();
        _gradient = new double[prior.Length];
        _curvature = new double[prior.Length * prior.Length];
        Parts = [Weights, _curvature];
    }

    public double[] Weights { get; }

    public double[] Curvature => _curvature;

    /// <summary>The state between two steps.</summary>
    public double[][] Parts { get; }

    public static double Probability(double score) => score >= 0
        ? 1 / (1 + Math.Exp(-score))
        : Math.Exp(score) / (1 + Math.Exp(score));

    /// <summary>Log odds.</summary>
    public double Score(ReadOnlySpan<double> row)
    {
        double sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            sum += Weights[i] * row[i];
        }

        return sum;
    }

    /// <summary>Takes in an example for the next step.</summary>
    public void Add(ReadOnlySpan<double> row, bool outcome)
    {
        if (!_hasExamples)
        {
            _hasExamples = true;
            for (int i = 0; i < _curvature.Length; i++)
            {
                _curvature[i] *= _decay;
            }
        }

        int d = row.Length;
        double probability = Probability(Score(row));
        double error = (outcome ? 1 : 0) - probability;
        double curve = probability * (1 - probability);
        for (int i = 0; i < d; i++)
        {
            _gradient[i] += error * row[i];
            double factor = curve * row[i];
            for (int j = 0; j < d; j++)
            {
                _curvature[(i * d) + j] += factor * row[j];
            }
        }
    }

    /// <summary>Moves the weights by what was added since the last step; nothing without examples.</summary>
    public void Step()
    {
        if (!_hasExamples)
        {
            return;
        }

        int d = Weights.Length;
        for (int i = 0; i < d; i++)
        {
            _gradient[i] -= (1 - _decay) * _ridge * (Weights[i] - _prior[i]);
        }

        Matrix<double> penalised = DenseMatrix.Create(
            d, d, (i, j) => ((_curvature[(i * d) + j] + _curvature[(j * d) + i]) / 2) + (i == j ? _ridge : 0));
        Vector<double> change = penalised.Cholesky().Solve(DenseVector.OfArray(_gradient));
        for (int i = 0; i < d; i++)
        {
            Weights[i] += change[i];
        }

        Array.Clear(_gradient);
        _hasExamples = false;
    }
}
