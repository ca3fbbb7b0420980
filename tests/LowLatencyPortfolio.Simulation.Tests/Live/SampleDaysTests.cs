using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LowLatencyPortfolio.Exchange.Simulation.Tests;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Simulation.Tests.Live;

/// <summary>
/// The bundled sample's days, all of them, traded by <c>llp run --gateway coinbase</c> at a venue in a process of its
/// own: its entries at their moments of the tape, four sessions on one database.
/// </summary>
public sealed class SampleDaysTests : LiveTest
{
    private const decimal Cash = 100_000m;
    private const int MostPositions = 9;
    private static readonly string Sample = Path.Combine(AppContext.BaseDirectory, "sample");

    private int _sessions;

    [Fact]
    public async Task The_samples_days_end_with_the_same_books_at_the_venue_in_the_database_and_in_the_engine()
    {
        string configuration = Configuration();
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(
            Workspace, "--ticks", Path.Combine(Sample, "ticks"), "--products", configuration, "--speed", "step",
            "--rebase", "--wire", "trade-batch=0", "--balances", FormattableString.Invariant($"USD={Cash}"));
        string[] arguments =
        [
            "run", "--feed", "coinbase", "--gateway", "coinbase", "--endpoints", venue.EndpointsFile,
            "--key-file", venue.KeyFile, "--config", configuration, "--db", Database, "--json", Json,
        ];
        SampleTape tape = new(venue);
        await tape.PlayToAsync(SampleTape.FirstTrade.AddMinutes(5));
        await RunAsync(venue, [.. arguments, "--entries", Entries("2023-12-08")], () => EnteredAsync(venue));
        DateTime again = new(2023, 12, 10, 18, 5, 0, DateTimeKind.Utc);
        await RunAsync(venue, arguments, () => tape.PlayToAsync(again));
        await RunAsync(venue, [.. arguments, "--entries", Entries("2023-12-10")], () => EnteredAsync(venue));
        await RunAsync(venue, arguments, async () =>
        {
            await tape.PlayToEndAsync();
            await SellRestAsync(venue);
        });

        Assert.Equal(201_436, tape.Trades);
        VenueLedger ledger = VenueLedger.Read(await venue.LedgerAsync());
        new SessionBooks(ledger, Database).AssertAgree(Cash);
        AssertResult(ledger);
        AssertTraded(ledger);
    }

    private string Database => Workspace.File("days.db");

    private string Json => Workspace.File("days.json");

    // What the engine says of itself, beside the venue.
    private void AssertResult(VenueLedger ledger)
    {
        JsonObject result = JsonNode.Parse(File.ReadAllText(Json))!.AsObject();
        decimal change = ledger.Totals["USD"] - Cash;
        Assert.Equal(change, Number(result, "realizedPnl"));
        Assert.Equal(Cash + change, Number(result, "equity"));
        Assert.Equal(ledger.Fills.Sum(fill => fill.Fee), Number(result, "fees"));
        Assert.Equal(0m, Number(result, "unrealizedPnl"));
    }

    // Enough has happened for the books to mean something.
    private void AssertTraded(VenueLedger ledger)
    {
        LedgerOrder[] filled = [.. ledger.Orders.Where(order => order.Status == "FILLED")];
        Assert.InRange(filled.Count(order => !order.IsSell), MostPositions + 1, 20);
        Assert.InRange(filled.Count(order => order is { IsSell: true, IsStop: true }), 1, 20);
        Assert.InRange(ledger.Orders.Sum(order => order.Edits), MostPositions, int.MaxValue);
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Database);
        HashSet<string?> refused =
            [.. database.History().Where(row => row.Action == HistoryAction.RiskRejected).Select(row => row.Detail)];
        Assert.Contains("POSITION_SIZE_ABOVE_LIMIT", refused);
        Assert.Contains("POSITION_COUNT_ABOVE_LIMIT", refused);
    }

    private async Task RunAsync(ExchangeSimProcess venue, string[] arguments, Func<Task> play)
    {
        _sessions++;
        using LlpProcess llp = Start(arguments);

        // The tape waits for its listener, and a signal would be early before the session has begun.
        await SampleTape.UntilAsync(
            async () => llp.HasExited || (HasBegun()
                && (await venue.GetAsync("/admin/play")).GetProperty("subscribed").GetBoolean()),
            "the session has begun");
        Task playing = play();
        await SampleTape.UntilAsync(() => Task.FromResult(playing.IsCompleted || llp.HasExited), "the tape is played");
        if (!llp.HasExited)
        {
            await playing;
            llp.Signal("TERM");
        }

        LlpResult result = llp.Finish();
        Assert.True(result.ExitCode == 0, $"exit code {result.ExitCode}: {result.Error}{result.Output}");
        await playing;
    }

    private bool HasBegun()
    {
        if (!File.Exists(Database))
        {
            return false;
        }

        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(Database);
        return database.Meta()["epoch"] == _sessions.ToString(CultureInfo.InvariantCulture);
    }

    private async Task EnteredAsync(ExchangeSimProcess venue)
    {
        await SampleTape.UntilAsync(
            async () => VenueLedger.Read(await venue.LedgerAsync()).Orders.Count(
                order => order is { IsLive: true, IsStop: true, IsTriggered: false }) == MostPositions,
            "nine positions are protected");
        await SampleTape.UntilAsync(
            () => Task.FromResult(
                Workspace.Rows(Database).Contains("POSITION_COUNT_ABOVE_LIMIT", StringComparison.Ordinal)),
            "the tenth is refused");
    }

    // The days end flat if their last fall is met in time; on a slow machine a further fall closes what is left.
    private static Task SellRestAsync(ExchangeSimProcess venue) => SampleTape.UntilAsync(
        async () =>
        {
            VenueLedger ledger = VenueLedger.Read(await venue.LedgerAsync());
            foreach (LedgerOrder stop in ledger.Orders.Where(
                order => order is { IsLive: true, IsStop: true, IsTriggered: false }))
            {
                string price = (stop.StopPrice * 0.97m).ToString("0.00", CultureInfo.InvariantCulture);
                _ = await venue.PostAsync($"/admin/play/print?product={stop.Product}&price={price}&size=1");
            }

            return IsFlat(ledger);
        },
        "nothing is held and nothing is live");

    private static bool IsFlat(VenueLedger ledger) =>
        ledger.Orders.All(order => !order.IsLive)
        && ledger.Totals.All(account => account.Key == "USD" || account.Value == 0m);

    private static decimal Number(JsonObject result, string key) =>
        decimal.Parse(result[key]!.GetValue<string>(), NumberStyles.Number, CultureInfo.InvariantCulture);

    private string Configuration()
    {
        JsonObject configuration = JsonNode.Parse(File.ReadAllText(Path.Combine(Sample, "config.json")))!.AsObject();
        configuration["portfolio"]!["maxOrderNotional"] = 5_000;
        configuration["pairDefaults"]!["maxPriceAgeSeconds"] = 600;
        configuration["pairDefaults"]!["maxEntriesPerHour"] = 1_000;        // an hour here is days of the tape
        return Workspace.Write("config.json", configuration.ToJsonString(new JsonSerializerOptions()));
    }

    // The tape waits meanwhile, so the same entries come again each second until they are taken; what is held then is
    // refused as too large.
    private string Entries(string day)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Sample, "entries.csv"));
        string[] entries = [.. lines
            .Where(line => line.StartsWith(day, StringComparison.Ordinal))
            .Select(line => line[line.IndexOf(',', StringComparison.Ordinal)..])];
        DateTime now = DateTime.UtcNow;
        IEnumerable<string> rows = Enumerable.Range(1, 120).SelectMany(second => entries.Select(
            entry => FormattableString.Invariant($"{now.AddSeconds(second):yyyy-MM-dd'T'HH:mm:ss'Z'}{entry}")));
        return Workspace.Write("entries.csv", string.Join('\n', [lines[0], .. rows]) + "\n");
    }
}
