using System.Numerics;

namespace LowLatencyPortfolio.Domain.Tests.Stops;

public sealed class TrailingStopTests
{
    private const long Unit = 100_000_000;

    [Fact]
    public void Trigger_and_limit_are_rounded_down_to_the_increment()
    {
        TrailingStop stop = new(0.02m, 0.02m, 0.005m, Unit / 100);

        Assert.Equal(36_199_24L * (Unit / 100), stop.TriggerFor(36_938_01L * (Unit / 100)));    // 36199.2498
        Assert.Equal(35_475_25L * (Unit / 100), stop.LimitFor(36_199_24L * (Unit / 100)));      // 35475.2552
    }

    [Fact]
    public void A_result_that_lies_on_the_increment_is_kept()
    {
        TrailingStop stop = new(0.02m, 0m, 0m, Unit);

        Assert.Equal(98 * Unit, stop.TriggerFor(100 * Unit));
        Assert.Equal(98 * Unit, stop.LimitFor(98 * Unit));
    }

    [Fact]
    public void The_limit_is_taken_from_the_rounded_trigger()
    {
        TrailingStop stop = new(0.05m, 0.1m, 0m, 10);

        Assert.Equal(100, stop.TriggerFor(115));   // 109.25 before rounding, whose limit would be 98.3
        Assert.Equal(90, stop.LimitFor(100));
    }

    [Fact]
    public void Without_a_stop_every_price_places_one()
    {
        TrailingStop stop = new(0.02m, 0.02m, 0.005m, 1);

        Assert.True(stop.Moves(1, trigger: 0));
        Assert.Equal(1, stop.WakeAbove(0));
    }

    [Theory]
    [InlineData(100_999, false)]
    [InlineData(101_000, false)]    // exactly T·(1+m): equal does not move
    [InlineData(101_001, true)]
    public void A_stop_moves_only_beyond_the_minimum_ratchet(long newTrigger, bool moves)
    {
        TrailingStop stop = new(0.5m, 0m, 0.01m, 1);

        Assert.Equal(newTrigger, stop.TriggerFor(2 * newTrigger));
        Assert.Equal(moves, stop.Moves(2 * newTrigger, trigger: 100_000));
    }

    [Theory]
    [InlineData(102, true)]    // trigger 51, limit 25.5 → 25
    [InlineData(4, true)]      // trigger 2, limit 1
    [InlineData(3, false)]     // trigger 1, limit 0
    [InlineData(1, false)]
    public void A_stop_whose_limit_is_below_one_increment_cannot_be_placed(long highest, bool placeable) =>
        Assert.Equal(placeable, new TrailingStop(0.5m, 0.5m, 0m, 1).IsPlaceable(highest));

    [Fact]
    public void A_trigger_that_no_price_can_move_never_wakes()
    {
        TrailingStop stop = new(0.5m, 0m, 0.1m, 1);

        Assert.Equal(long.MaxValue, stop.WakeAbove(long.MaxValue / 2));
        Assert.Equal(long.MaxValue, stop.WakeAbove(long.MaxValue));
    }

    [Theory]
    [InlineData(0, 0.02, 0.005, 1)]
    [InlineData(1, 0.02, 0.005, 1)]
    [InlineData(0.0000001, 0.02, 0.005, 1)]
    [InlineData(0.02, -0.01, 0.005, 1)]
    [InlineData(0.02, 1, 0.005, 1)]
    [InlineData(0.02, 0.0200001, 0.005, 1)]
    [InlineData(0.02, 0.02, -0.1, 1)]
    [InlineData(0.02, 0.02, 0.0050001, 1)]
    [InlineData(0.02, 0.02, 0.005, 0)]
    public void Fractions_and_increments_outside_the_exact_range_are_refused(
        decimal trail, decimal buffer, decimal ratchet, long increment) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrailingStop(trail, buffer, ratchet, increment));

    [Fact]
    public void Triggers_limits_and_moves_equal_whole_number_arithmetic_for_any_increment_and_trail()
    {
        Seed seed = Seed.Take();
        Random random = seed.Random();
        for (int round = 0; round < 100_000; round++)
        {
            (TrailingStop stop, BigInteger trail, BigInteger buffer, BigInteger ratchet, long inc) = Draw(random);
            long highest = AnyPrice(random);
            BigInteger trigger = FloorTo(highest * (1_000_000 - trail), inc);
            string at = $"{seed}; round {round}: h={highest} inc={inc} t={trail} b={buffer} m={ratchet}";

            Assert.True(trigger == stop.TriggerFor(highest), at);
            Assert.True(FloorTo(trigger * (1_000_000 - buffer), inc) == stop.LimitFor((long)trigger), at);

            long old = random.Next(2) == 0 ? AnyPrice(random) : NearMove((long)trigger, ratchet, random);
            bool moves = trigger * 1_000_000 > old * (1_000_000 + ratchet);
            Assert.True(moves == stop.Moves(highest, old), $"{at} T={old}");
            Assert.False(moves && trigger <= old, $"{at} T={old}: a stop moved down");
        }
    }

    [Fact]
    public void The_wake_price_is_the_smallest_that_moves_the_stop()
    {
        Seed seed = Seed.Take();
        Random random = seed.Random();
        for (int round = 0; round < 50_000; round++)
        {
            (TrailingStop stop, BigInteger trail, _, BigInteger ratchet, long inc) = Draw(random);
            long trigger = AnyPrice(random);
            long wake = stop.WakeAbove(trigger);
            string at = $"{seed}; round {round}: T={trigger} inc={inc} t={trail} m={ratchet} wake={wake}";

            Assert.True(wake == long.MaxValue || stop.Moves(wake, trigger), at);
            Assert.False(wake > 1 && wake < long.MaxValue && stop.Moves(wake - 1, trigger), at);
            Assert.False(wake == long.MaxValue && stop.Moves(long.MaxValue - 1, trigger), at);
        }
    }

    [Fact]
    public void The_wake_price_equals_a_search_over_all_small_prices()
    {
        foreach (decimal trail in new[] { 0.002m, 0.02m, 0.333333m, 0.5m })
        {
            foreach (long inc in new long[] { 1, 3, 7, 10, 25 })
            {
                TrailingStop stop = new(trail, 0m, 0.005m, inc);
                for (long trigger = 1; trigger < 300; trigger++)
                {
                    long found = 1;
                    while (!stop.Moves(found, trigger))
                    {
                        found++;
                    }

                    Assert.Equal(found, stop.WakeAbove(trigger));
                }
            }
        }
    }

    private static (TrailingStop Stop, BigInteger Trail, BigInteger Buffer, BigInteger Ratchet, long Inc) Draw(
        Random random)
    {
        int trail = random.Next(2_000, 500_001);
        int buffer = random.Next(0, 200_001);
        int ratchet = random.Next(0, 100_001);
        long inc = random.Next(3) switch
        {
            0 => 1,
            1 => (long)Math.Pow(10, random.Next(0, 12)),
            _ => random.NextInt64(1, 1_000_000_000),
        };
        TrailingStop stop = new(trail / 1_000_000m, buffer / 1_000_000m, ratchet / 1_000_000m, inc);
        return (stop, trail, buffer, ratchet, inc);
    }

    private static long AnyPrice(Random random) => random.NextInt64(1, long.MaxValue >> random.Next(0, 60));

    private static long NearMove(long trigger, BigInteger ratchet, Random random) =>
        Math.Max(1, (long)((BigInteger)trigger * 1_000_000 / (1_000_000 + ratchet)) + random.Next(-2, 3));

    private static BigInteger FloorTo(BigInteger millionths, long inc) =>
        millionths / ((BigInteger)inc * 1_000_000) * inc;
}
