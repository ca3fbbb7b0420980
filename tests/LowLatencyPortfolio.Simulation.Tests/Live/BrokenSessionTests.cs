using System.Globalization;
using System.Text.Json;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchange.Simulation.Tests;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Simulation.Tests.Live;

/// <summary>
/// A session that was killed while it held a position: what <c>--reconcile report</c> shows, and what the next start
/// does.
/// </summary>
/// <remarks>The numbers above the tests are those of the list of faults.</remarks>
public sealed class BrokenSessionTests : LiveTest
{
    private const decimal Bought = 0.01m;

    private string Database => Workspace.File("broken.db");

    [Fact]
    public async Task A_report_shows_what_the_next_start_does_and_changes_nothing()
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(Workspace);
        string[] arguments = Arguments(venue);
        await KillHoldingAsync(venue, arguments);
        LedgerOrder stop = await StopAsync(venue);
        string price = (stop.StopPrice * 0.995m).ToString("0.00", CultureInfo.InvariantCulture);
        _ = await venue.PostAsync($"/admin/play/print?product=BTC-USD&price={price}&size=1");
        Assert.True((await LedgerAsync(venue)).Orders.All(order => !order.IsLive));

        (string file, string rows, string truth) = (
            Workspace.HashOf(Database), Workspace.Rows(Database), await TruthAsync(venue));
        LlpResult report = Run([.. arguments, "--reconcile", "report"]);
        Assert.True(report.ExitCode == 3, report.Error + report.Output);
        Assert.Empty(report.Error);
        string[] found = Differences(report.Output, "  BTC-USD");
        Assert.Contains(
            found, line => line.EndsWith("traded while nobody ran as taker; booked", StringComparison.Ordinal));
        Assert.Equal(report.Output, Run([.. arguments, "--reconcile", "report"]).Output);
        Assert.Equal(
            (file, rows, truth), (Workspace.HashOf(Database), Workspace.Rows(Database), await TruthAsync(venue)));

        LlpResult start = Run([.. arguments, "--seconds", "1"]);
        Assert.True(start.ExitCode == 0, start.Error);
        Assert.Equal(found, Differences(start.Output, "Reconciled: BTC-USD"));
        LlpResult after = Run([.. arguments, "--reconcile", "report"]);
        Assert.True(after.ExitCode == 0, after.Error + after.Output);
        Assert.EndsWith("\nDifferences: none\n", after.Output, StringComparison.Ordinal);
        new SessionBooks(await LedgerAsync(venue), Database).AssertAgree(200_000m);
    }

    [Fact]
    public async Task A_report_is_refused_while_an_engine_runs_on_the_database()
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(Workspace);
        string[] arguments = Arguments(venue);
        using LlpProcess llp = Start(arguments);
        await LiveSession.UntilAsync(llp, () => Task.FromResult(File.Exists(Database)));
        LlpResult report = Run([.. arguments, "--reconcile", "report"]);
        Assert.Equal((1, string.Empty), (report.ExitCode, report.Output));
        Assert.Equal($"llp: {Database} is in use by an engine; stop that one to compare\n", report.Error);
        llp.Signal("TERM");
        Assert.Equal(0, llp.Finish().ExitCode);
    }

    // 60, 61
    [Fact]
    public async Task Coins_that_were_withdrawn_after_a_crash_leave_the_position_at_cost_and_the_rest_is_protected()
    {
        const decimal withdrawn = 0.004m;
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(Workspace);
        string[] arguments = Arguments(venue);
        await KillHoldingAsync(venue, arguments);
        LedgerOrder stop = await StopAsync(venue);
        _ = await venue.PostAsync("/admin/foreign-cancel", $$"""{"order_ids":["{{stop.OrderId}}"]}""");
        _ = await venue.PostAsync("/admin/move-coins", """{"currency":"BTC","amount":"-0.004"}""");
        LlpResult report = Run([.. arguments, "--reconcile", "report"]);
        Assert.True(report.ExitCode == 3, report.Error + report.Output);
        Assert.Contains("\nALARM: coins of ours are missing from the account", report.Output, StringComparison.Ordinal);

        using LlpProcess llp = Start(arguments);
        await LiveSession.UntilAsync(llp, async () => (await LedgerAsync(venue)).Orders.Any(
            order => order is { IsLive: true, IsStop: true, IsTriggered: false } && order.Size == Bought - withdrawn));
        llp.Signal("TERM");
        LlpResult start = llp.Finish();
        Assert.True(start.ExitCode == 0, start.Error);
        Assert.Contains(
            "\nReconciled: BTC-USD: 0.004 BTC missing; the position is smaller by that, at cost\n", start.Output,
            StringComparison.Ordinal);
        AssertTakenOut(await LedgerAsync(venue), withdrawn);
    }

    // The position is smaller, its price of entry and what was realized are not touched, nothing of it was sold.
    private void AssertTakenOut(VenueLedger ledger, decimal withdrawn)
    {
        Assert.Empty(ledger.Violations);
        LedgerFill entry = Assert.Single(ledger.Fills);
        Assert.Equal(Bought - withdrawn, ledger.Totals["BTC"]);
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Database);
        PositionRow position = Assert.Single(database.Positions());
        Assert.Equal((Bought - withdrawn, -entry.Fee), (position.Quantity, position.Realized));
        Assert.Equal(entry.Price, position.EntryPrice);
        HistoryRow gone = Assert.Single(database.History(), row => row.Action == HistoryAction.ExternalOut);
        Assert.Equal((withdrawn, withdrawn * entry.Price, 0m), (gone.Quantity!.Value, gone.Value, gone.Fee));
        Assert.Equal(TradingMode.Trading, database.Portfolio().Mode);
    }

    private static string[] Differences(string output, string start) =>
        [.. output.Split('\n')
            .Where(line => line.StartsWith(start, StringComparison.Ordinal))
            .Select(line => line[line.IndexOf("BTC-USD", StringComparison.Ordinal)..])];

    private string[] Arguments(ExchangeSimProcess venue) =>
    [
        .. LiveSession.Arguments(Workspace, venue, "coinbase"), "--key-file", venue.KeyFile, "--db", Database,
    ];

    private async Task KillHoldingAsync(ExchangeSimProcess venue, string[] arguments)
    {
        using LlpProcess llp = Start([.. arguments, "--entries", LiveSession.Entries(Workspace)]);
        await LiveSession.UntilAsync(llp, async () => (await LedgerAsync(venue)).Orders.Any(
            order => order is { IsLive: true, IsStop: true }));
        await LiveSession.UntilAsync(
            llp, () => Task.FromResult(Workspace.Rows(Database).Contains("STOP_PLACED", StringComparison.Ordinal)));
        llp.Kill();
    }

    private static async Task<LedgerOrder> StopAsync(ExchangeSimProcess venue) =>
        Assert.Single((await LedgerAsync(venue)).Orders, order => order is { IsLive: true, IsStop: true });

    private static async Task<VenueLedger> LedgerAsync(ExchangeSimProcess venue) =>
        VenueLedger.Read(await venue.LedgerAsync());

    // Everything but the time.
    private static async Task<string> TruthAsync(ExchangeSimProcess venue)
    {
        JsonElement ledger = await venue.LedgerAsync();
        return string.Join('\n', ledger.EnumerateObject()
            .Where(part => part.Name != "now")
            .Select(part => part.Value.GetRawText()));
    }
}
