using System.Globalization;
using LowLatencyPortfolio.Exchange.Simulation.Tests;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Simulation.Tests.Live;

/// <summary>What a person who runs <c>llp</c> is told when it happens, when it is over, and after a restart.</summary>
/// <remarks>The numbers above the tests are those of the list of faults.</remarks>
public sealed class AlarmTests : LiveTest
{
    private string Database => Workspace.File("alarms.db");

    // 34
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_order_that_traded_too_much_is_told_at_once_and_at_every_start_until_somebody_resumes(
        bool isKilled)
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(Workspace);
        _ = await venue.PostAsync(
            "/admin/faults", """{"faults":[{"kind":"overfill","fraction":0.25,"occurrences":[1]}]}""");
        string[] arguments = Arguments(venue);
        string[] recorded = [.. arguments, "--record", Workspace.File("session.rec")];
        using (LlpProcess llp = Start([.. recorded, "--entries", LiveSession.Entries(Workspace)]))
        {
            await LiveSession.UntilAsync(llp, () => Task.FromResult(AlarmOf(llp.ErrorSoFar) is not null));
            Assert.Matches(
                "^llp: ALARM: BTC-USD: ENTRIES_HALTED since [0-9:]{8} UTC: order [0-9]+ traded more than it was for; "
                + "no entries of any pair, .*llp resume",
                AlarmOf(llp.ErrorSoFar));
            await LiveSession.UntilAsync(
                llp, () => Task.FromResult(Rows().Contains((HistoryAction.EntriesHalted, "ORDER_OVERFILLED"))));
            await StopAsync(llp, venue, isKilled);
        }

        LlpResult next = Run([.. arguments, "--seconds", "1"]);
        Assert.True(next.ExitCode == 0, next.Error);
        Assert.EndsWith($"then llp resume --db {Database}", AlarmOf(next.Error), StringComparison.Ordinal);
        LlpResult resume = Run("resume", "--db", Database);
        Assert.True(resume.ExitCode == 0, resume.Error);
        Assert.Contains("the next start takes them again", resume.Output, StringComparison.Ordinal);
        LlpResult last = Run([.. arguments, "--seconds", "1"]);
        Assert.True(last.ExitCode == 0, last.Error);
        Assert.Null(AlarmOf(last.Error));
    }

    // 42
    [Fact]
    public async Task A_stop_of_another_size_is_told_and_counted_in_the_report()
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(Workspace);
        _ = await venue.PostAsync(
            "/admin/faults", """{"faults":[{"kind":"terms_changed","fraction":0.5,"occurrences":[2]}]}""");
        using LlpProcess llp = Start([.. Arguments(venue), "--entries", LiveSession.Entries(Workspace)]);
        await LiveSession.UntilAsync(llp, () => Task.FromResult(AlarmOf(llp.ErrorSoFar) is not null));
        Assert.Matches(
            "^llp: ALARM: BTC-USD: ENTRIES_HALTED since [0-9:]{8} UTC: order [0-9]+ is not at the venue as it was asked",
            AlarmOf(llp.ErrorSoFar));
        llp.Signal("TERM");
        LlpResult result = llp.Finish();
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("alarms: ENTRIES_HALTED 1", result.Output, StringComparison.Ordinal);
        Assert.Contains((HistoryAction.EntriesHalted, "ORDER_DIFFERS"), Rows());
    }

    // 61
    [Fact]
    public async Task A_key_that_is_revoked_is_told_and_so_is_its_return()
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(Workspace);
        string[] written = ["--record", Workspace.File("session.rec"), "--json", Workspace.File("result.json")];
        using LlpProcess llp = Start([.. Arguments(venue), .. written, "--entries", LiveSession.Entries(Workspace)]);
        await LiveSession.UntilAsync(llp, async () => (await StopsAsync(venue)).Count == 1);
        _ = await venue.PostAsync("/admin/wire/key?revoked=true");
        decimal price = (await StopsAsync(venue))[0].StopPrice / 0.95m * 1.02m;
        string raised = price.ToString("0.00", CultureInfo.InvariantCulture);
        _ = await venue.PostAsync($"/admin/play/print?product=BTC-USD&price={raised}&size=1");
        await LiveSession.UntilAsync(llp, () => Task.FromResult(AlarmOf(llp.ErrorSoFar) is not null));
        Assert.Matches(
            "^llp: ALARM: portfolio: ENTRIES_HALTED since [0-9:]{8} UTC: the venue refuses the key",
            AlarmOf(llp.ErrorSoFar));
        _ = await venue.PostAsync("/admin/wire/key?revoked=false");
        await LiveSession.UntilAsync(llp, () => Task.FromResult(llp.ErrorSoFar.Contains(
            "UTC: the key is accepted again; entries are taken\n", StringComparison.Ordinal)));
        llp.Signal("TERM");
        Assert.Equal(0, llp.Finish().ExitCode);
    }

    private static async Task StopAsync(LlpProcess llp, ExchangeSimProcess venue, bool isKilled)
    {
        await LiveSession.UntilAsync(llp, async () => (await StopsAsync(venue)).Count > 0);
        if (isKilled)
        {
            llp.Kill();
            return;
        }

        llp.Signal("TERM");
        Assert.Equal(0, llp.Finish().ExitCode);
    }

    private static async Task<IReadOnlyList<LedgerOrder>> StopsAsync(ExchangeSimProcess venue) =>
        [.. VenueLedger.Read(await venue.LedgerAsync()).Orders.Where(order => order is { IsLive: true, IsStop: true })];

    // The first whole line.
    private static string? AlarmOf(string error) => error.Split('\n')[..^1]
        .FirstOrDefault(line => line.StartsWith("llp: ALARM: ", StringComparison.Ordinal));

    private List<(HistoryAction, string?)> Rows()
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Database);
        return [.. database.History().Select(row => (row.Action, row.Detail))];
    }

    private string[] Arguments(ExchangeSimProcess venue) =>
        [.. LiveSession.Arguments(Workspace, venue, "coinbase"), "--key-file", venue.KeyFile, "--db", Database];
}
