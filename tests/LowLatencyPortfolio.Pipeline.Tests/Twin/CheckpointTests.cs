using LowLatencyPortfolio.Pipeline.Tests.Simulation;

namespace LowLatencyPortfolio.Pipeline.Tests.Twin;

/// <summary>
/// A run that is stored and taken up again by a fresh engine at any quiet moment ends as one that was never disturbed.
/// </summary>
public sealed class CheckpointTests
{
    private const int Steps = 3_000;

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(17)]
    [InlineData(21)]
    [InlineData(33)]
    public void Restart_at_random_moments_changes_neither_hash_nor_journal_nor_counters(int seed)
    {
        World world = World.Draw(seed);
        VenueLoop undisturbed = new(seed, world, world.Options);
        VenueLoop disturbed = new(seed, world, world.Options);
        Random moments = new(seed);
        int restarts = 0;
        for (int i = 0; i < Steps; i++)
        {
            undisturbed.Step();
            disturbed.Step();
            if (moments.Next(20) == 0)
            {
                disturbed.RestartFromCheckpoint(world.Options);
                restarts++;
            }

            Assert.Equal((seed, i, undisturbed.Pipeline.Hash), (seed, i, disturbed.Pipeline.Hash));
        }

        Assert.True(restarts > 50 && undisturbed.Pipeline.Counters.Fills > 0, $"{restarts} restarts");
        Assert.Equal(undisturbed.Tape.Digest, disturbed.Tape.Digest);
        Assert.Equal(undisturbed.Pipeline.Counters, disturbed.Pipeline.Counters);
        Assert.Equal(undisturbed.Pipeline.Metrics(), disturbed.Pipeline.Metrics());
        Assert.Equal(undisturbed.Pipeline.ReadPairs(), disturbed.Pipeline.ReadPairs());
    }

    [Fact]
    public void Stored_state_is_the_same_bytes_after_it_was_taken_back()
    {
        World world = World.Draw(3);
        VenueLoop loop = new(3, world, world.Options);
        for (int i = 0; i < 2_000; i++)
        {
            loop.Step();
        }

        byte[] stored = Stored(loop.Pipeline);
        loop.RestartFromCheckpoint(world.Options);
        Assert.Equal(stored, Stored(loop.Pipeline));
    }

    private static byte[] Stored(TradingPipeline pipeline)
    {
        CheckpointWriter writer = new();
        pipeline.Save(writer);
        return writer.Written.ToArray();
    }
}
