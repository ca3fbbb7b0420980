using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LowLatencyPortfolio.Host.CommandLine;

namespace LowLatencyPortfolio.Host.Tests.CommandLine;

/// <summary>The program as a process: signals stop it in order, and the same command goes on from there.</summary>
public sealed class StopTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly string[] MayDiffer =
        ["elapsedMs", "ticksPerSecond", "pipelineAllocatedBytes", "gen0Collections"];
    private readonly string _folder = Directory.CreateTempSubdirectory("llp-stop-tests-").FullName;

    // A tick an hour for months: the timer of each second keeps the run busy long enough to be stopped in its middle.
    public StopTests()
    {
        const int Hours = 5_000;
        DateTime time = new(2023, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        StringBuilder ticks = new("time,price,size\n");
        StringBuilder entries = new("time,product_id,price,qty,order_type\n");
        for (int hour = 0; hour < Hours; hour++, time = time.AddHours(1))
        {
            ticks.Append(
                CultureInfo.InvariantCulture, $"{time:yyyy-MM-ddTHH:mm:ssZ},{100 + (hour * 37 % 11)}.50,1000\n");
            if (hour % 500 == 1)
            {
                entries.Append(CultureInfo.InvariantCulture, $"{time:yyyy-MM-ddTHH:mm:ssZ},BTC-USD,,,market\n");
            }
        }

        File.WriteAllText(Path.Combine(_folder, "BTC-USD.csv"), ticks.ToString());
        File.WriteAllText(Path.Combine(_folder, "entries.csv"), entries.ToString());
    }

    [Fact]
    public async Task A_stopped_run_ends_in_the_same_result_and_a_finished_one_is_refused()
    {
        string database = Path.Combine(_folder, "stopped.db");
        await StopBy("TERM", database);
        Assert.Equal(await ResultOf(Path.Combine(_folder, "undisturbed.db")), await ResultOf(database));
        using Process again = Start(database);
        string error = await again.StandardError.ReadToEndAsync();
        Assert.True(again.WaitForExit(Deadline));
        Assert.Equal(ExitCode.Failed, again.ExitCode);
        Assert.Contains("--db", Assert.Single(error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public Task An_interrupt_from_the_keyboard_stops_in_order_too() =>
        StopBy("INT", Path.Combine(_folder, "interrupted.db"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task StopBy(string signal, string database)
    {
        using Process run = Start(database);
        Task<string> report = run.StandardOutput.ReadToEndAsync();
        Assert.True(SpinWait.SpinUntil(() => File.Exists(database), Deadline), "no database was made");
        using Process kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {run.Id}"]);
        Assert.True(kill.WaitForExit(Deadline));
        Assert.True(run.WaitForExit(Deadline), "the run did not stop");
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("Note: stopped on request at ", await report, StringComparison.Ordinal);
    }

    private async Task<string> ResultOf(string database)
    {
        using Process run = Start(database, "--json", "-");
        Task<string> report = run.StandardError.ReadToEndAsync();
        JsonObject result = JsonNode.Parse(await run.StandardOutput.ReadToEndAsync())!.AsObject();
        Assert.True(run.WaitForExit(Deadline));
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("State hash", await report, StringComparison.Ordinal);
        foreach (string key in MayDiffer)
        {
            Assert.True(result.Remove(key), key);
        }

        return result.ToJsonString();
    }

    // A shell that starts the tests in the background ignores interrupts, and what it starts inherits that; env
    // undoes it.
    private Process Start(string database, params string[] more) => Process.Start(new ProcessStartInfo(
        "env",
        ["--default-signal=INT", "dotnet", Path.Combine(AppContext.BaseDirectory, "llp.dll"),
            "run", "--ticks", Path.Combine(_folder, "BTC-USD.csv"),
            "--entries", Path.Combine(_folder, "entries.csv"), "--db", database, .. more])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
