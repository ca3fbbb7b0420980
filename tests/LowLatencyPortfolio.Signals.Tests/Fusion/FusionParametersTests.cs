namespace LowLatencyPortfolio.Signals.Tests.Fusion;

/// <summary>What a model has learned can be stored and taken up again; what nobody saw is never learned.</summary>
public sealed class FusionParametersTests
{
    private const int Pairs = 4;

    private static readonly FusionOptions Quick =
        new() { HorizonCloses = 3, CostThreshold = 0.002, WarmUpCloses = 20, HalfLifeCloses = 500, Ridge = 5 };

    [Fact]
    public void Parameters_taken_by_another_model_are_written_by_it_to_the_last_digit()
    {
        string parameters = Learned(new MadeMarket(1, Pairs, 1), 200).Parameters();
        FusionModel other = new(Pairs + 2, Quick);
        Assert.True(other.TryTake(parameters));
        Assert.Equal(parameters, other.Parameters());
        Assert.Equal(200 - Quick.HorizonCloses, other.LearnedCloses);
        Assert.Equal(Pairs * (200 - Quick.HorizonCloses), other.Samples);
    }

    [Fact]
    public void A_model_that_took_parameters_judges_at_once_and_learns_on()
    {
        MadeMarket market = new(2, Pairs, 1);
        FusionModel first = Learned(market, 300);
        FusionModel second = new(Pairs, Quick);
        double[] said = new double[Pairs];
        second.OnClose(market.Next(), said);
        Assert.All(said, one => Assert.True(double.IsNaN(one)));
        Assert.True(second.TryTake(first.Parameters()));
        second.OnClose(market.Next(), said);
        Assert.All(said, one => Assert.InRange(one, 0, 1));
        long before = second.LearnedCloses;
        for (int t = 0; t < 10; t++)
        {
            second.OnClose(market.Next(), said);
        }

        Assert.Equal(before + 10 - (Quick.HorizonCloses - 1), second.LearnedCloses);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1, 2]")]
    [InlineData("{\"stateVersion\":2,\"options\":{}}")]
    public void What_is_something_else_changes_nothing(string parameters)
    {
        FusionModel model = Learned(new MadeMarket(3, Pairs, 1), 50);
        string before = model.Parameters();
        Assert.False(model.TryTake(parameters));
        Assert.Equal(before, model.Parameters());
    }

    [Fact]
    public void Parameters_of_other_options_or_another_version_are_not_taken()
    {
        string parameters = Learned(new MadeMarket(4, Pairs, 1), 50).Parameters();
        Assert.False(new FusionModel(Pairs, Quick with { Ridge = 6 }).TryTake(parameters));
        Assert.False(new FusionModel(Pairs, Quick with { Leaders = 1 }).TryTake(parameters));
        string older = parameters.Replace("\"stateVersion\":2", "\"stateVersion\":1", StringComparison.Ordinal);
        Assert.NotEqual(parameters, older);
        Assert.False(new FusionModel(Pairs, Quick).TryTake(older));
        Assert.True(new FusionModel(Pairs, Quick).TryTake(parameters));
    }

    [Theory]
    [InlineData(1, 9)]
    [InlineData(2, 8)]
    [InlineData(3, 7)]
    [InlineData(1_000_000_000_000, 7)]
    public void Outcomes_at_closes_that_nobody_saw_are_not_learned(long skipped, int learned)
    {
        MadeMarket market = new(5, Pairs, 1);
        FusionModel model = Learned(market, 10);
        long before = model.LearnedCloses;
        model.Skip(skipped);
        Assert.Equal(10 + skipped, model.Closes);
        double[] said = new double[Pairs];
        for (int t = 0; t < 10; t++)
        {
            model.OnClose(market.Next(), said);
        }

        Assert.Equal(before + learned, model.LearnedCloses);
    }

    [Fact]
    public void All_faults_of_the_settings_are_told_at_once_with_their_place()
    {
        FusionSettings wrong = new()
        {
            MinProbability = 1m, VersionCloses = 0, Model = new FusionOptions { HorizonCloses = 0, Ridge = 0 },
        };
        Assert.Equal(
            [
                "signals.fusion.minProbability", "signals.fusion.versionCloses", "signals.fusion.horizonCloses",
                "signals.fusion.ridge",
            ],
            wrong.Check("signals.fusion").Select(fault => fault.Path));
        Assert.Empty(new FusionSettings().Check());
        Assert.False(new FusionSettings().Enabled);
    }

    private static FusionModel Learned(MadeMarket market, int closes)
    {
        FusionModel model = new(Pairs, Quick);
        double[] said = new double[Pairs];
        for (int t = 0; t < closes; t++)
        {
            model.OnClose(market.Next(), said);
        }

        return model;
    }
}
