using System.Globalization;

namespace LowLatencyPortfolio.Crash.Tests.Kills;

/// <summary>The real program against a real exchange process, killed at random moments.</summary>
public sealed class RandomKillTests(ITestOutputHelper output)
{
    private const int UsualKills = 300;
    private const int KillsPerChain = 25;
    private const int ChainsAtOnce = 3;
    private const int LeastOfEach = 3;

    /// <summary>
    /// <c>LLP_CRASH_KILLS</c> says how many; <c>LLP_CRASH_SEED</c> is the first chain's seed, each next chain has the
    /// next one.
    /// </summary>
    [Fact]
    public async Task Killed_at_random_moments_llp_loses_no_fill_sends_no_order_twice_and_protects_what_it_holds()
    {
        int kills = Setting("LLP_CRASH_KILLS") ?? UsualKills;
        int first = Setting("LLP_CRASH_SEED") ?? Random.Shared.Next(1_000_000);
        KillCounts counts = new();
        await Parallel.ForAsync(
            0, (kills + KillsPerChain - 1) / KillsPerChain,
            new ParallelOptions { MaxDegreeOfParallelism = ChainsAtOnce },
            async (i, _) =>
            {
                KillCounts chain = await RunAsync(first + i, Math.Min(KillsPerChain, kills - (i * KillsPerChain)));
                lock (counts)
                {
                    counts.Add(chain);
                }
            });
        output.WriteLine($"seed {first}: {counts}");
        Assert.Equal(kills, counts.Kills);
        if (kills >= UsualKills)
        {
            AssertSeenEnough(counts);
        }
    }

    // Kills that lie where nothing happens show little. On two cores with twenty times their work, 300 kills met each
    // kind some forty times. Where a machine meets it half as often, fewer than three have a probability of 7e-7.
    private static void AssertSeenEnough(KillCounts counts)
    {
        string seen = counts.ToString();
        Assert.True(counts.InStart > UsualKills / 6 && counts.InTrading > UsualKills / 6, seen);
        Assert.True(counts.InStop > 0 && counts.WithDifferences > 0, seen);
        Assert.All(
            Enum.GetValues<UnderWay>().Where(what => what < UnderWay.Reduction),
            what => Assert.True(counts.Of(what) >= LeastOfEach, $"{what}: {seen}"));
    }

    private static async Task<KillCounts> RunAsync(int seed, int kills)
    {
        try
        {
            await using KillChain chain = await KillChain.OpenAsync(ChainKind.All[seed % ChainKind.All.Count], seed);
            await chain.RunAsync(kills);
            return chain.Counts;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException(
                $"{e.Message}\nrepeat: LLP_CRASH_SEED={seed} LLP_CRASH_KILLS={kills} dotnet test -c Release "
                + "tests/LowLatencyPortfolio.Crash.Tests --filter RandomKillTests",
                e);
        }
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : null;
}
