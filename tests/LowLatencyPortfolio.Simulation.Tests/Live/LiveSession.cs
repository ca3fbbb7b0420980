using System.Globalization;
using System.Text;

namespace LowLatencyPortfolio.Simulation.Tests.Live;

/// <summary>What live sessions of the tests have in common: two pairs, one small entry.</summary>
internal static class LiveSession
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    public static string[] Arguments(Workspace workspace, ExchangeSimProcess venue, string gateway) =>
    [
        "run", "--feed", "coinbase", "--gateway", gateway, "--endpoints", venue.EndpointsFile,
        "--config", workspace.Write("config.json", """
            {
              "portfolio": { "totalCapital": 100000, "maxOrderNotional": 5000, "maxPositionSizePct": 0.6 },
              "pairDefaults": { "trailPct": 0.05, "positionSizePct": 0.5, "maxEntriesPerHour": 1000 },
              "pairs": [{ "productId": "BTC-USD" }, { "productId": "ETH-USD" }]
            }
            """),
    ];

    /// <summary>
    /// The same entry again and again, however long the programs take to come up: the first that is taken is the only
    /// one, because two of them are more than a position may have.
    /// </summary>
    public static string Entries(Workspace workspace, string product = "BTC-USD", decimal quantity = 0.01m)
    {
        StringBuilder rows = new("time,product_id,price,qty,order_type\n");
        DateTime now = DateTime.UtcNow;
        for (int second = 2; second < 600; second += 2)
        {
            rows.Append(
                CultureInfo.InvariantCulture,
                $"{now.AddSeconds(second):yyyy-MM-dd'T'HH:mm:ss'Z'},{product},,{quantity},market\n");
        }

        return workspace.Write("entries.csv", rows.ToString());
    }

    /// <summary>Looks again and again until something is so, while the program runs.</summary>
    public static async Task UntilAsync(LlpProcess llp, Func<Task<bool>> holds)
    {
        using CancellationTokenSource deadline = new(Deadline);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(200));
        while (!await holds())
        {
            if (llp.HasExited)
            {
                LlpResult early = llp.Finish();
                Assert.Fail($"llp ended with {early.ExitCode}: {early.Error}{early.Output}");
            }

            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }
}
