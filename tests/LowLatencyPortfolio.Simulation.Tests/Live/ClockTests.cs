using LowLatencyPortfolio.Exchange.Simulation.Tests;

namespace LowLatencyPortfolio.Simulation.Tests.Live;

/// <summary>A venue whose clock is not ours.</summary>
/// <remarks>The number above the test is that of the list of faults.</remarks>
public sealed class ClockTests : LiveTest
{
    // 55
    [Fact]
    public async Task A_clock_that_is_off_is_told_at_the_start_and_no_entry_is_sent()
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(Workspace);
        _ = await venue.PostAsync("/admin/wire/faults", """{"clock_skew_ms":20000,"faults":[]}""");
        string database = Workspace.File("clock.db");
        using LlpProcess llp = Start(
        [
            .. LiveSession.Arguments(Workspace, venue, "coinbase"), "--key-file", venue.KeyFile, "--db", database,
            "--entries", LiveSession.Entries(Workspace),
        ]);
        await LiveSession.UntilAsync(llp, () => Task.FromResult(
            File.Exists(database) && Workspace.Rows(database).Contains("CLOCK_SKEW", StringComparison.Ordinal)));
        llp.Signal("TERM");
        LlpResult result = llp.Finish();
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Matches(
            "\nNote: this machine's clock is [0-9]+\\.[0-9] s behind the venue's; no entry is taken while they differ by "
            + "more than 1 s\n",
            result.Output);
        Assert.Empty(VenueLedger.Read(await venue.LedgerAsync()).Orders);
    }
}
