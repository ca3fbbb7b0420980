namespace LowLatencyPortfolio.LatencyLab.Tests;

public sealed class ForecastScoreTests
{
    private static readonly Forecast[] Plain =
    [
        new(1, 0.5, 0.02, true), new(1, 0.5, -0.02, false), new(2, 0.5, -0.02, false), new(2, 0.5, 0.02, true),
    ];

    [Fact]
    public void Scores_are_those_worked_out_by_hand()
    {
        Forecast[] own =
            [.. Plain.Zip((double[])[0.8, 0.4, 0.1, 0.6], (plain, said) => plain with { Probability = said })];
        ForecastScore score = ForecastScore.Of("own", own, Plain);
        Assert.Equal((-Math.Log(0.8) - Math.Log(0.6) - Math.Log(0.9) - Math.Log(0.6)) / 4, score.LogLoss, 1e-12);
        Assert.Equal((0.04 + 0.16 + 0.01 + 0.16) / 4, score.Brier, 1e-12);
        Assert.Equal(1, score.Auc);
        (double first, double second) = (Math.Log(2 * Math.Sqrt(0.48)), Math.Log(2 * Math.Sqrt(0.54)));
        Assert.Equal((first + second) / 2, score.GainPerDay, 1e-12);
        Assert.Equal((second - first) / 2, score.GainError, 1e-12);
    }

    [Fact]
    public void Equal_probabilities_tell_nothing_apart() => Assert.Equal(0.5, ForecastScore.Of("p", Plain, Plain).Auc);

    [Theory]
    [InlineData(0.9, 0.1, 1)]
    [InlineData(0.1, 0.9, 0)]
    [InlineData(0.3, 0.3, 0.5)]
    public void The_area_is_the_chance_that_a_rise_was_given_more(double rise, double other, double expected)
    {
        Forecast[] own = [.. Plain.Select(plain => plain with { Probability = plain.Rose ? rise : other })];
        Assert.Equal(expected, ForecastScore.Of("own", own, Plain).Auc);
    }

    [Fact]
    public void Tenths_go_by_probability_and_show_falls_beside_rises()
    {
        List<Forecast> forecasts =
            [.. Enumerable.Range(0, 100).Reverse()
                .Select(k => new Forecast(1, k / 100.0, k % 2 == 0 ? 0.03 : -0.02, k % 2 == 0))];
        ForecastTenth[] tenths = [.. ForecastTenth.Of(forecasts, threshold: 0.01)];
        Assert.Equal(10, tenths.Length);
        Assert.Equal(0.045, tenths[0].Said, 1e-12);
        Assert.Equal(0.945, tenths[9].Said, 1e-12);
        Assert.Equal((0.5, 0.5), (tenths[4].Rose, tenths[4].Fell));
        Assert.Equal(0.005, tenths[4].MeanReturn, 1e-12);
    }

    [Fact]
    public void Votes_go_by_how_many_stood_and_show_what_followed()
    {
        VotesOutcome[] votes = [.. VotesOutcome.Of(
            [new(1, 0.2, 0.03, true), new(1, 0.4, -0.03, false), new(1, 0.5, 0.005, false), new(2, 0.6, 0.01, true)],
            [0, 2, 0, 2], threshold: 0.01)];
        Assert.Equal([(0, 2), (2, 2)], votes.Select(one => (one.Standing, one.Judgements)));
        Assert.Equal([0.35, 0.5], votes.Select(one => Math.Round(one.Said, 12)));
        Assert.Equal([(0.5, 0.0), (0.5, 0.5)], votes.Select(one => (one.Rose, one.Fell)));
        Assert.Equal([0.0175, -0.01], votes.Select(one => Math.Round(one.MeanReturn, 12)));
    }
}
