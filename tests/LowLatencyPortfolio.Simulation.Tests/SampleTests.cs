using System.Diagnostics;

namespace LowLatencyPortfolio.Simulation.Tests;

/// <summary>The programs of <c>tools/samples</c>, run as a reader runs them.</summary>
public sealed class SampleTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(15);

    [Fact]
    public async Task The_portfolio_of_several_pairs_ends_in_the_same_figures_every_time()
    {
        string first = await RunAsync("MultiPairDemo");
        Assert.StartsWith(
            "Capital $100,000, 8 pairs, real prices from 2023-12-08 00:00 UTC on\n", first, StringComparison.Ordinal);
        Assert.Contains("BTC-USD    sent\n", first, StringComparison.Ordinal);
        Assert.Contains("REFUSED: position count above limit\n", first, StringComparison.Ordinal);
        Assert.Contains(
            "\n0.8 BTC at 42345.49, a third of the capital: REFUSED: position size above limit\n",
            first, StringComparison.Ordinal);
        Assert.Contains(
            "DOGE-USD   rebalance: Decrease by 184.3, begun\n", first, StringComparison.Ordinal);
        Assert.Contains(
            "\nRebalancing carried out\n  DOGE-USD   stop before: 10382 at 0.09653\n"
            + "             stop after:  10197.7 at 0.09653\n             sold 184.3 of 184.3 for $18.15: Filled\n",
            first, StringComparison.Ordinal);
        Assert.Matches(
            @"\nRebalancing \(recommended beyond 1 % of drift\)\n"
            + @"  [A-Z]+-USD +(Increase|Decrease|ReduceToLimit) by [\d.]+: [\d.]+ % of equity, [\d.]+ % wanted\n",
            first);
        Assert.Matches(@"\n[A-Z]+-USD +\d+ +[1-9]\d* ", first);      // trades, and how often its stop moved
        Assert.Matches(
            @"\nTotal: \$100,000 \| Deployed: \$[\d,]+ \| Available: \$[\d,]+\n"
            + @"Active Positions: [1-6] \| Closed: \d\d \| Win Rate: \d+%\n", first);
        Assert.Equal(first, await RunAsync("MultiPairDemo"));
    }

    [Fact]
    public async Task The_engine_in_somebody_elses_host_starts_trades_their_feed_and_stops_with_it()
    {
        string output = await RunAsync("EmbeddedHost");
        int started = output.IndexOf("with 3 pairs", StringComparison.Ordinal);
        int ended = output.IndexOf("the feed has ended after 300 trades: ", StringComparison.Ordinal);
        int stopped = output.IndexOf("engine: stopped", StringComparison.Ordinal);
        Assert.True(0 < started && started < ended && ended < stopped, output);
        Assert.Matches("after 300 trades: ([1-3] positions open|0 positions open, [1-9])", output);
        int filled = output.IndexOf(": EntryFilled ", StringComparison.Ordinal);
        Assert.True(started < filled && filled < output.IndexOf(": StopPlaced ", StringComparison.Ordinal), output);
        Assert.DoesNotContain("fail:", output, StringComparison.Ordinal);
        Assert.DoesNotContain("crit:", output, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(string program)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, $"{program}.dll"));
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource deadline = new(Deadline);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        Assert.True(process.ExitCode == 0, $"{program}: exit code {process.ExitCode}\n{await error}{await output}");
        return await output;
    }
}
