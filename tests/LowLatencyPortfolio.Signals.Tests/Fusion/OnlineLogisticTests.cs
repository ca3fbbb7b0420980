namespace LowLatencyPortfolio.Signals.Tests.Fusion;

public sealed class OnlineLogisticTests
{
    private static readonly double[] Truth = [-0.5, 1.2, -0.8];

    [Fact]
    public void A_step_is_a_newton_step_of_the_new_examples_and_the_penalty()
    {
        List<(double[] Row, bool Outcome)> examples = Examples(new Random(1), 400);
        double[] best = Optimum(examples, ridge: 5);
        OnlineLogistic model = new(best, ridge: 5, decay: 1);
        foreach ((double[] row, bool outcome) in examples)
        {
            model.Add(row, outcome);
        }

        model.Step();

        // It starts at the penalised optimum, which is its prior here: only the likelihood pulls, with λ·w.
        double[] expected = Solve(examples, best, 5, [.. best.Select(weight => 5 * weight)]);
        for (int i = 0; i < best.Length; i++)
        {
            Assert.Equal(expected[i], model.Weights[i] - best[i], 1e-9);
        }
    }

    [Fact]
    public void Step_by_step_it_comes_to_where_all_examples_at_once_would_lead()
    {
        List<(double[] Row, bool Outcome)> examples = Examples(new Random(2), 20_000);
        OnlineLogistic model = new([0, 0, 0], ridge: 5, decay: 1);
        foreach ((double[] row, bool outcome)[] close in examples.Chunk(10))
        {
            foreach ((double[] row, bool outcome) in close)
            {
                model.Add(row, outcome);
            }

            model.Step();
        }

        double[] best = Optimum(examples, ridge: 5);
        for (int i = 0; i < best.Length; i++)
        {
            Assert.Equal(best[i], model.Weights[i], 0.02);
            Assert.Equal(Truth[i], model.Weights[i], 0.1);
        }
    }

    [Fact]
    public void It_forgets_at_its_decay()
    {
        OnlineLogistic model = new([0], ridge: 1, decay: 0.99);
        for (int t = 0; t < 4_000; t++)
        {
            model.Add([1], outcome: t < 2_000);
            model.Step();
        }

        Assert.True(model.Weights[0] < -1.5, $"{model.Weights[0]}");
    }

    [Fact]
    public void A_strong_penalty_keeps_it_at_its_prior_and_a_step_without_examples_does_nothing()
    {
        OnlineLogistic model = new([1, 0], ridge: 1e9, decay: 0.9);
        model.Step();
        Assert.Equal([1, 0], model.Weights);
        for (int t = 0; t < 100; t++)
        {
            model.Add([1, 1], outcome: false);
            model.Step();
        }

        Assert.Equal(1, model.Weights[0], 1e-5);
        Assert.Equal(0, model.Weights[1], 1e-5);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(800, 1)]
    [InlineData(-800, 0)]
    [InlineData(2, 0.8807970779778823)]
    public void Probabilities_are_exact_at_both_ends(double score, double expected) =>
        Assert.Equal(expected, OnlineLogistic.Probability(score), 1e-15);

    private static List<(double[] Row, bool Outcome)> Examples(Random random, int count)
    {
        List<(double[] Row, bool Outcome)> examples = [];
        for (int k = 0; k < count; k++)
        {
            double[] row = [1, (4 * random.NextDouble()) - 2, (4 * random.NextDouble()) - 2];
            double probability = OnlineLogistic.Probability(row.Zip(Truth, (x, w) => x * w).Sum());
            examples.Add((row, random.NextDouble() < probability));
        }

        return examples;
    }

    /// <summary>Newton's method on all examples at once.</summary>
    private static double[] Optimum(List<(double[] Row, bool Outcome)> examples, double ridge)
    {
        double[] weights = [0, 0, 0];
        for (int round = 0; round < 9; round++)
        {
            double[] gradient = [.. weights.Select(weight => -ridge * weight)];
            foreach ((double[] row, bool outcome) in examples)
            {
                double error = (outcome ? 1 : 0) - OnlineLogistic.Probability(row.Zip(weights, (x, w) => x * w).Sum());
                gradient = [.. gradient.Zip(row, (g, x) => g + (error * x))];
            }

            weights = [.. weights.Zip(Solve(examples, weights, ridge, gradient), (w, change) => w + change)];
        }

        return weights;
    }

    /// <summary>(Σ p(1 − p)·xxᵀ + ridge·I)⁻¹ · gradient, by Cramer's rule.</summary>
    private static double[] Solve(
        List<(double[] Row, bool Outcome)> examples, double[] weights, double ridge, double[] gradient)
    {
        double[,] a = new double[3, 3];
        foreach ((double[] row, _) in examples)
        {
            double p = OnlineLogistic.Probability(row.Zip(weights, (x, w) => x * w).Sum());
            for (int k = 0; k < 9; k++)
            {
                a[k / 3, k % 3] += p * (1 - p) * row[k / 3] * row[k % 3];
            }
        }

        for (int i = 0; i < 3; i++)
        {
            a[i, i] += ridge;
        }

        double all = Determinant(a);
        return [.. Enumerable.Range(0, 3).Select(column =>
        {
            double[,] replaced = (double[,])a.Clone();
            for (int i = 0; i < 3; i++)
            {
                replaced[i, column] = gradient[i];
            }

            return Determinant(replaced) / all;
        })];
    }

    private static double Determinant(double[,] a) =>
        (a[0, 0] * ((a[1, 1] * a[2, 2]) - (a[1, 2] * a[2, 1])))
        - (a[0, 1] * ((a[1, 0] * a[2, 2]) - (a[1, 2] * a[2, 0])))
        + (a[0, 2] * ((a[1, 0] * a[2, 1]) - (a[1, 1] * a[2, 0])));
}
