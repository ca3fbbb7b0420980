using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Signals.Tests.Fusion;

public sealed class FusionModelTests
{
    private const int Pairs = 6;

    private static readonly FusionOptions Quick =
        new() { HorizonCloses = 1, CostThreshold = 0.005, WarmUpCloses = 100, HalfLifeCloses = 1_000, Ridge = 10 };

    [Theory]
    [InlineData(1)]
    [InlineData(12)]
    public void Whatever_the_future_brings_the_past_judgements_do_not_change(int horizon)
    {
        const int Shared = 400;
        FusionOptions options = Quick with { HorizonCloses = horizon };
        (MadeMarket first, MadeMarket second) = (new(1, Pairs, 1), new(1, Pairs, 1));
        MadeMarket other = new(99, Pairs, -2);
        (FusionModel one, FusionModel two) = (new(Pairs, options), new(Pairs, options));
        (double[] said, double[] saidToo) = (new double[Pairs], new double[Pairs]);
        int judged = 0;
        int differing = 0;
        for (int t = 0; t < Shared + 50; t++)
        {
            one.OnClose(first.Next(), said);
            two.OnClose(t < Shared ? second.Next() : other.Next(), saidToo);
            if (t < Shared)
            {
                Assert.Equal(said, saidToo);
                judged += double.IsNaN(said[0]) ? 0 : 1;
            }

            differing += said.AsSpan().SequenceEqual(saidToo) ? 0 : 1;
        }

        Assert.True(judged > 200, "nothing was judged");
        Assert.True(differing > 40, "another future changed nothing at all");
    }

    [Fact]
    public void A_judgement_at_a_close_is_the_same_when_the_series_ends_there()
    {
        List<double[]> whole = Judge(Recorded(300));
        List<double[]> cut = Judge(Recorded(300).Take(250));
        Assert.Equal(cut, whole.Take(250));
    }

    [Fact]
    public void With_prices_a_close_late_the_features_no_longer_precede_the_moves_and_nothing_is_learned()
    {
        PairFeatures[][] closes = Recorded(2_000);
        PairFeatures[][] late = [.. closes.Select((pairs, t) => Delayed(pairs, closes[Math.Max(0, t - 1)]))];
        Assert.True(LossAgainstBase(closes) < -0.02);
        Assert.True(LossAgainstBase(late) > -0.005);

        static PairFeatures[] Delayed(PairFeatures[] now, PairFeatures[] before) =>
            [.. now.Zip(before, (pair, old) => pair with { Close = old.Close, SessionVwap = 100 })];
    }

    [Fact]
    public void It_learns_what_there_is_to_learn_and_its_probabilities_mean_what_they_say()
    {
        List<(double Said, bool Rose)> judged = Outcomes(Recorded(4_000));
        foreach (var tenth in judged.OrderBy(one => one.Said).Chunk(judged.Count / 10).Take(10))
        {
            Assert.Equal(tenth.Average(one => one.Said), tenth.Average(one => one.Rose ? 1.0 : 0), 0.06);
        }

        double spread = judged.Max(one => one.Said) - judged.Min(one => one.Said);
        Assert.True(spread > 0.5, $"{spread}");
    }

    [Fact]
    public void Of_noise_it_says_little_more_than_the_base_rate()
    {
        double loss = LossAgainstBase(Recorded(4_000, strength: 0));
        Assert.True(loss is > -0.002 and < 0.01, $"{loss}");
    }

    [Fact]
    public void It_is_silent_until_it_has_seen_enough_and_where_features_are_missing()
    {
        FusionModel model = new(Pairs, Quick);
        MadeMarket market = new(3, Pairs, 1);
        double[] said = new double[Pairs];
        for (int t = 0; t < 300; t++)
        {
            market.Next();
            market.Features[1] = PairFeatures.Absent;
            market.Features[2] = market.Features[2] with { Rsi = double.NaN };
            model.OnClose(market.Features, said);
            bool warm = model.LearnedCloses >= Quick.WarmUpCloses;
            Assert.Equal(warm, t >= Quick.WarmUpCloses);
            Assert.Equal([!warm, true, true, !warm, !warm, !warm], said.Select(double.IsNaN));
        }

        market.Next();
        market.Features[5] = PairFeatures.Absent;      // the leader by volume
        model.OnClose(market.Features, said);
        Assert.All(said, one => Assert.True(double.IsNaN(one)));
    }

    [Fact]
    public void Its_leaders_are_those_with_the_largest_volume()
    {
        FusionModel model = new(Pairs, Quick with { Leaders = 1, WarmUpCloses = 1 });
        MadeMarket market = new(4, Pairs, 1);
        double[] said = new double[Pairs];
        for (int t = 0; t < 50; t++)
        {
            market.Next();
            market.Features[0] = market.Features[0] with { QuoteVolume = 1e9 };
            market.Features[5] = PairFeatures.Absent;
            model.OnClose(market.Features, said);
        }

        Assert.False(double.IsNaN(said[0]));
        Assert.True(double.IsNaN(said[5]));
    }

    [Fact]
    public void The_base_rate_is_the_share_of_rises()
    {
        FusionModel model = new(1, Quick with { Leaders = 0, HalfLifeCloses = 1e9 });
        Assert.Equal(0.5, model.BaseRate);
        double[] said = new double[1];
        double price = 100;
        for (int t = 0; t < 41; t++)
        {
            model.OnClose([new PairFeatures(price, 1, 50, 0, 1, price, 0.01)], said);
            price *= t % 4 == 0 ? 1.0051 : 0.999;
        }

        Assert.Equal(40, model.LearnedCloses);
        Assert.Equal(0.25, model.BaseRate, 1e-6);
    }

    [Fact]
    public void A_restored_model_goes_on_with_the_same_bits()
    {
        FusionOptions options = Quick with { HorizonCloses = 7 };
        MadeMarket market = new(5, Pairs, 1);
        FusionModel first = new(Pairs, options);
        (double[] said, double[] saidToo) = (new double[Pairs], new double[Pairs]);
        for (int t = 0; t < 200; t++)
        {
            first.OnClose(market.Next(), said);
        }

        FusionModel second = new(Pairs, options);
        second.Restore(first.Save());
        Assert.Equal(first.Save(), second.Save());
        for (int t = 0; t < 100; t++)
        {
            first.OnClose(market.Next(), said);
            second.OnClose(market.Features, saidToo);
            Assert.Equal(said, saidToo);
            Assert.False(double.IsNaN(said[0]));
        }
    }

    [Fact]
    public void Parameters_of_another_kind_version_or_configuration_are_refused_by_name()
    {
        byte[] state = new FusionModel(2, Quick).Save();
        FusionModel model = new(2, Quick);
        Assert.Contains("not the parameters", Refusal([1, 2, 3], model), StringComparison.Ordinal);
        Assert.Contains("not the parameters", Refusal(new byte[state.Length], model), StringComparison.Ordinal);
        byte[] newer = [.. state];
        newer[4]++;
        Assert.Contains("version 3", Refusal(newer, model), StringComparison.Ordinal);
        Assert.Contains("other options", Refusal(state[..^8], model), StringComparison.Ordinal);
        Assert.Contains("2 pairs", Refusal(state, new FusionModel(3, Quick)), StringComparison.Ordinal);
        FusionModel otherwise = new(2, Quick with { CostThreshold = 0.004 });
        Assert.Contains("other options", Refusal(state, otherwise), StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_of_the_options_are_named_at_once()
    {
        FusionOptions wrong = new()
        {
            HorizonCloses = 0, CostThreshold = 1, Leaders = 6, HalfLifeCloses = double.NaN, Ridge = 0, WarmUpCloses = 0,
        };
        string[] names = ["horizonCloses", "costThreshold", "leaders", "halfLifeCloses", "ridge", "warmUpCloses"];
        Assert.Equal(names.Select(name => $"fusion.{name}"), wrong.Faults().Select(fault => fault.Path));
        Assert.Throws<ConfigurationException>(() => new FusionModel(1, wrong));
        Assert.Empty(new FusionOptions().Faults());
    }

    private static string Refusal(byte[] state, FusionModel model) =>
        Assert.Throws<InvalidDataException>(() => model.Restore(state)).Message;

    private static PairFeatures[][] Recorded(int closes, double strength = 1)
    {
        MadeMarket market = new(2, Pairs, strength);
        return [.. Enumerable.Range(0, closes).Select(_ => market.Next().ToArray())];
    }

    private static List<double[]> Judge(IEnumerable<PairFeatures[]> closes)
    {
        FusionModel model = new(Pairs, Quick);
        List<double[]> judged = [];
        foreach (PairFeatures[] pairs in closes)
        {
            double[] said = new double[Pairs];
            model.OnClose(pairs, said);
            judged.Add(said);
        }

        return judged;
    }

    private static List<(double Said, bool Rose)> Outcomes(PairFeatures[][] closes)
    {
        List<double[]> said = Judge(closes);
        return
        [
            .. Enumerable.Range(0, closes.Length - 1).SelectMany(t => Enumerable.Range(0, Pairs)
                .Where(i => !double.IsNaN(said[t][i]))
                .Select(i => (said[t][i], closes[t + 1][i].Close / closes[t][i].Close > 1 + Quick.CostThreshold))),
        ];
    }

    /// <summary>
    /// Mean log loss less that of always saying the share that really rose: below 0 is better than that.
    /// </summary>
    private static double LossAgainstBase(PairFeatures[][] closes)
    {
        List<(double Said, bool Rose)> judged = Outcomes(closes);
        double share = judged.Average(one => one.Rose ? 1.0 : 0);
        double plain = -((share * Math.Log(share)) + ((1 - share) * Math.Log(1 - share)));
        return judged.Average(one => -Math.Log(one.Rose ? one.Said : 1 - one.Said)) - plain;
    }
}
