namespace LowLatencyPortfolio.Signals.Tests.Correlation;

public sealed class RiskGroupsTests
{
    [Fact]
    public void Groups_that_are_given_stand_while_nothing_is_measured_and_part_when_it_is()
    {
        FactorMarket market = new(new Random(21), 4, 2, common: 0.97);      // 0 and 2 move together, 1 and 3
        CorrelationEstimator estimator = new(4, Quick);
        RiskGroups groups = new(["A-USD", "B-USD", "C-USD", "D-USD"], Quick);
        groups.Begin([3, 3, 2, 3]);
        Assert.Equal([0, 0, 2, 0], groups.Groups.ToArray());
        for (int t = 0; t < Quick.WarmUpCloses; t++)
        {
            estimator.Update(market.Next());
            Assert.False(groups.Update(estimator).Changed, $"close {t}");
        }

        Run(market, estimator, groups, 200);
        Assert.Equal([0, 1, 0, 1], groups.Groups.ToArray());
        Assert.Throws<ArgumentException>(() => groups.Begin([0, 1, 2]));
        Assert.Throws<ArgumentException>(() => groups.Begin([0, 1, 2, 4]));
    }

    private static readonly CorrelationOptions Quick = new()
    {
        HalfLifeCloses = 30, WarmUpCloses = 20, JoinCorrelation = 0.7, LeaveCorrelation = 0.4, ConfirmCloses = 5,
    };

    [Fact]
    public void Chains_find_the_clusters_that_the_definition_finds_at_both_cuts()
    {
        Seed seed = Seed.Take();
        Random random = seed.Random();
        AverageLinkage linkage = new(24, Quick.JoinCorrelation, Quick.LeaveCorrelation);
        int grouped = 0;
        for (int round = 0; round < 30; round++)
        {
            double common = 0.5 + (random.NextDouble() / 2);
            FactorMarket market = new(random, 24, 1 + random.Next(5), common);
            CorrelationEstimator estimator = Fed(market, 24, 30 + random.Next(40));
            linkage.Cluster(estimator);
            int[] tight = SlowClusters.Cut(estimator, Quick.JoinCorrelation);
            int[] loose = SlowClusters.Cut(estimator, Quick.LeaveCorrelation);
            Assert.True(tight.AsSpan().SequenceEqual(linkage.Tight), $"round {round}, tight; {seed}");
            Assert.True(loose.AsSpan().SequenceEqual(linkage.Loose), $"round {round}, loose; {seed}");
            grouped += tight.Distinct().Count() < 24 ? 1 : 0;
        }

        Assert.True(grouped > 0, $"no cluster at all; {seed}");
    }

    [Fact]
    public void Pairs_of_one_factor_form_a_group_named_after_the_first_product_id()
    {
        FactorMarket market = new(new Random(11), 6, 2, common: 0.97);
        CorrelationEstimator estimator = new(6, Quick);
        RiskGroups groups = new(["Z-USD", "B-USD", "A-USD", "D-USD", "M-USD", "C-USD"], Quick);
        Run(market, estimator, groups, 200);
        Assert.Equal([2, 1, 2, 1, 2, 1], groups.Groups.ToArray());     // A names 0, 2, 4; B names 1, 3, 5
    }

    [Fact]
    public void Group_numbers_follow_the_products_whatever_the_order_of_the_pairs()
    {
        string[] names = ["A-USD", "B-USD", "C-USD", "D-USD", "E-USD", "F-USD"];
        int[] order = [4, 1, 5, 0, 3, 2];
        FactorMarket market = new(new Random(12), 6, 2, common: 0.97);
        (CorrelationEstimator plain, CorrelationEstimator mixed) = (new(6, Quick), new(6, Quick));
        RiskGroups first = new(names, Quick);
        RiskGroups second = new([.. order.Select(pair => names[pair])], Quick);
        for (int t = 0; t < 200; t++)
        {
            market.Next();
            plain.Update(market.Closes);
            mixed.Update([.. order.Select(pair => market.Closes[pair])]);
            first.Update(plain);
            second.Update(mixed);
        }

        Assert.Equal(2, first.Groups.ToArray().Distinct().Count());
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(names[first.Groups[order[i]]], names[order[second.Groups[i]]]);
        }
    }

    [Fact]
    public void A_join_counts_only_after_so_many_closes_in_a_row()
    {
        FactorMarket market = new(new Random(13), 2, 1, common: 0.99);
        CorrelationEstimator estimator = new(2, Quick);
        RiskGroups groups = new(["A-USD", "B-USD"], Quick);
        int near = 0;
        for (int t = 0; near < Quick.ConfirmCloses; t++)
        {
            estimator.Update(market.Next());
            near = estimator.Correlation(0, 1) >= Quick.JoinCorrelation ? near + 1 : 0;
            GroupUpdate update = groups.Update(estimator);
            Assert.Equal(near == Quick.ConfirmCloses, update.Changed);
            Assert.True(t < 1_000, "never near");
        }

        Assert.Equal([0, 0], groups.Groups.ToArray());
        Assert.False(groups.Update(estimator).Changed);
    }

    [Fact]
    public void Members_part_only_after_so_many_closes_in_a_row_below_the_leave_threshold()
    {
        FactorMarket market = new(new Random(14), 2, 1, common: 0.99);
        CorrelationEstimator estimator = new(2, Quick);
        RiskGroups groups = new(["B-USD", "A-USD"], Quick);
        Run(market, estimator, groups, 100);
        Assert.Equal([1, 1], groups.Groups.ToArray());
        market.Common = 0;
        (int far, int between) = (0, 0);
        for (int t = 0; far < Quick.ConfirmCloses; t++)
        {
            estimator.Update(market.Next());
            double correlation = estimator.Correlation(0, 1);
            far = correlation < Quick.LeaveCorrelation ? far + 1 : 0;
            between += correlation is >= 0.4 and < 0.7 ? 1 : 0;
            GroupUpdate update = groups.Update(estimator);
            Assert.Equal(far == Quick.ConfirmCloses, update.Changed);
            Assert.Equal(far == Quick.ConfirmCloses ? [new GroupChange(0, 1, 0)] : [], update.Changes.ToArray());
            Assert.True(t < 1_000, "never far");
        }

        Assert.True(between > 0, "the correlation fell through the band at once");
        Assert.Equal([0, 1], groups.Groups.ToArray());
    }

    [Fact]
    public void Groups_change_far_less_often_than_plain_clusters_do()
    {
        FactorMarket market = new(new Random(15), 20, 3, common: 0.84);      // correlation 0.71, at the threshold
        CorrelationEstimator estimator = new(20, Quick);
        RiskGroups groups = new([.. Enumerable.Range(0, 20).Select(i => $"P{i:00}-USD")], Quick);
        AverageLinkage plain = new(20, Quick.JoinCorrelation, Quick.LeaveCorrelation);
        int[] before = new int[20];
        (int plainChanges, int groupChanges) = (0, 0);
        for (int t = 0; t < 1_000; t++)
        {
            estimator.Update(market.Next());
            plain.Cluster(estimator);
            plainChanges += plain.Tight.SequenceEqual(before) ? 0 : 1;
            plain.Tight.CopyTo(before);
            groupChanges += groups.Update(estimator).Changed ? 1 : 0;
        }

        Assert.True(groupChanges > 0 && groupChanges * 10 < plainChanges, $"{groupChanges} against {plainChanges}");
    }

    [Fact]
    public void The_changes_of_all_closes_add_up_to_the_groups()
    {
        FactorMarket market = new(new Random(16), 20, 3, common: 0.84);
        CorrelationEstimator estimator = new(20, Quick);
        RiskGroups groups = new([.. Enumerable.Range(0, 20).Select(i => $"P{i:00}-USD")], Quick);
        int[] told = [.. Enumerable.Range(0, 20)];
        for (int t = 0; t < 400; t++)
        {
            estimator.Update(market.Next());
            foreach (GroupChange change in groups.Update(estimator).Changes)
            {
                Assert.Equal(change.From, told[change.Pair]);
                told[change.Pair] = change.To;
            }

            Assert.Equal(told, groups.Groups.ToArray());
            Assert.All(told, group => Assert.Equal(group, told[group]));      // a group's name is one of its members
        }
    }

    [Fact]
    public void Restored_groups_go_on_as_if_nothing_had_happened()
    {
        FactorMarket market = new(new Random(17), 12, 3, common: 0.84);
        CorrelationEstimator estimator = new(12, Quick);
        string[] names = [.. Enumerable.Range(0, 12).Select(i => $"P{i:00}-USD")];
        RiskGroups first = new(names, Quick);
        Run(market, estimator, first, 61);
        byte[] state = new byte[first.StateBytes];
        first.Save(state);
        RiskGroups second = new(names, Quick);
        second.Restore(state);
        int changes = 0;
        for (int t = 0; t < 300; t++)
        {
            estimator.Update(market.Next());
            GroupChange[] changed = first.Update(estimator).Changes.ToArray();
            Assert.Equal(changed, second.Update(estimator).Changes.ToArray());
            changes += changed.Length;
        }

        Assert.True(changes > 0);
        Assert.Throws<ArgumentException>(() => second.Restore(state.AsSpan(4)));
    }

    [Fact]
    public void A_product_named_twice_is_refused() =>
        Assert.Throws<ArgumentException>(() => new RiskGroups(["A-USD", "A-USD"], Quick));

    private static CorrelationEstimator Fed(FactorMarket market, int pairs, int closes)
    {
        CorrelationEstimator estimator = new(pairs, Quick);
        for (int t = 0; t < closes; t++)
        {
            estimator.Update(market.Next());
        }

        return estimator;
    }

    private static void Run(FactorMarket market, CorrelationEstimator estimator, RiskGroups groups, int closes)
    {
        for (int t = 0; t < closes; t++)
        {
            estimator.Update(market.Next());
            groups.Update(estimator);
        }
    }
}
