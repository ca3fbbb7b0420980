using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Simulation.Tests.Live;

/// <summary>
/// <c>llp run --feed coinbase</c> against a venue in a process of its own: what was recorded comes to the same hash
/// again.
/// </summary>
public sealed partial class LiveSessionTests : LiveTest
{
    [Fact]
    public async Task A_paper_session_ends_after_its_seconds_and_its_recording_replays_to_the_same_hash()
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(Workspace);
        string json = Workspace.File("result.json");
        LlpResult result = Run([.. Arguments(venue, "paper"), "--seconds", "5", "--json", json]);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Empty(result.Error);
        Assert.StartsWith(
            "Paper trading on live prices of BTC-USD, ETH-USD\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(HashOf(result.Output), JsonNode.Parse(File.ReadAllText(json))!["stateHash"]!.GetValue<string>());
        AssertReplays(result);
    }

    [Theory]
    [InlineData("paper")]
    [InlineData("coinbase")]
    public async Task A_session_on_the_exchange_feed_fills_its_entry_and_replays_to_the_same_hash(string gateway)
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(Workspace);
        string database = Workspace.File("matches.db");
        string[] key = gateway == "coinbase" ? ["--key-file", venue.KeyFile] : [];
        using LlpProcess llp = Start(
            [.. Arguments(venue, gateway), .. key, "--source", "matches", "--db", database, "--entries", Entries()]);
        await LiveSession.UntilAsync(llp, () => Task.FromResult(
            File.Exists(database) && Workspace.Rows(database).Contains("STOP", StringComparison.OrdinalIgnoreCase)));
        llp.Signal("TERM");
        LlpResult result = llp.Finish();
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("Note: --source matches: trades that", result.Output, StringComparison.Ordinal);
        Assert.Equal(
            gateway == "coinbase", result.Output.Contains("a change of a product is seen", StringComparison.Ordinal));
        Assert.Contains("Active Positions: 1 |", result.Output, StringComparison.Ordinal);
        AssertReplays(result);
    }

    [Fact]
    public async Task A_product_that_the_exchange_feed_does_not_know_is_named_and_the_other_is_traded()
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(Workspace);
        string config = Workspace.Write("unknown.json", """
            {
              "portfolio": { "totalCapital": 100000 },
              "pairDefaults": { "maxEntriesPerHour": 1000, "positionSizePct": 0.1 },
              "products": [
                { "productId": "BTC-USD", "priceIncrement": "0.01", "quantityIncrement": "0.00000001" },
                { "productId": "NO-USD", "priceIncrement": "0.01", "quantityIncrement": "0.01" }],
              "pairs": [{ "productId": "BTC-USD" }, { "productId": "NO-USD" }]
            }
            """);
        string database = Workspace.File("unknown.db");
        using LlpProcess llp = Start(
        [
            "run", "--feed", "coinbase", "--source", "matches", "--endpoints", venue.EndpointsFile, "--config", config,
            "--db", database, "--entries", Entries(),
        ]);
        await LiveSession.UntilAsync(
            llp, () => Task.FromResult(VerdictsOf(database).Contains("ENTRY_SUBMITTED")));
        llp.Signal("TERM");
        LlpResult result = llp.Finish();
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains(
            "for 1 of 2 pairs: Failed to subscribe: NO-USD is not a valid product", result.Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fused")]
    [InlineData("inline")]
    public async Task A_session_whose_threads_never_sleep_fills_its_entry_and_replays_to_the_same_hash(string topology)
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(Workspace);
        string[] layout = ["--poll", "busy", "--topology", topology];
        using LlpProcess llp = Start(
            [.. Arguments(venue, "coinbase"), .. layout, "--key-file", venue.KeyFile, "--entries", Entries()]);
        await LiveSession.UntilAsync(llp, async () => Orders(await venue.LedgerAsync()).Any(IsRestingStop));
        llp.Signal("TERM");
        LlpResult result = llp.Finish();
        Assert.True(result.ExitCode == 0, result.Error);
        AssertReplays(result);
    }

    [Fact]
    public async Task A_product_that_falls_silent_is_bad_until_it_trades_again_while_the_others_go_on()
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(
            Workspace, "--ticks", ExchangeSimProcess.Tape(Workspace, "BTC-USD", 40_000, trades: 6_000),
            ExchangeSimProcess.Tape(Workspace, "ETH-USD", 2_000, trades: 1),
            "--speed", "1x", "--rebase", "--start", "subscribed", "--balances", "USD=200000");
        string database = Workspace.File("silent.db");
        string config = Workspace.Write("silent.json", """
            {
              "portfolio": { "totalCapital": 100000 },
              "pairDefaults": { "maxPriceAgeSeconds": 2, "maxEntriesPerHour": 1000, "positionSizePct": 0.1 },
              "pairs": [{ "productId": "BTC-USD" }, { "productId": "ETH-USD" }]
            }
            """);
        using LlpProcess llp = Start(
        [
            "run", "--feed", "coinbase", "--endpoints", venue.EndpointsFile, "--config", config, "--db", database,
            "--entries", LiveSession.Entries(Workspace, "ETH-USD", 0.05m),
        ]);

        // It trades until an entry is taken, then no more.
        await LiveSession.UntilAsync(llp, async () =>
        {
            _ = await venue.PostAsync("/admin/play/print?product=ETH-USD&price=2000&size=1");
            return VerdictsOf(database).Contains("ENTRY_SUBMITTED");
        });
        int taken = VerdictsOf(database).Count;
        await LiveSession.UntilAsync(
            llp, () => Task.FromResult(VerdictsOf(database).Skip(taken).Contains("PRICE_MISSING")));
        llp.Signal("TERM");
        LlpResult result = llp.Finish();
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains(
            "at the end no price could be relied on for 1 of 2 pairs", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task A_signal_stops_a_paper_session_in_order_and_the_next_one_has_its_position(string signal)
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(Workspace);
        string database = Workspace.File("paper.db");
        string[] arguments = [.. Arguments(venue, "paper"), "--db", database];
        using (LlpProcess llp = Start([.. arguments, "--entries", Entries()]))
        {
            await LiveSession.UntilAsync(llp, () => Task.FromResult(
                File.Exists(database)
                    && Workspace.Rows(database).Contains("STOP", StringComparison.OrdinalIgnoreCase)));
            llp.Signal(signal);
            LlpResult result = llp.Finish();
            Assert.True(result.ExitCode == 0, result.Error);
            Assert.Contains("Active Positions: 1 |", result.Output, StringComparison.Ordinal);
            Assert.Contains("Stops placed 1,", result.Output, StringComparison.Ordinal);
            AssertReplays(result);
        }

        LlpResult next = Run([.. arguments, "--seconds", "1"]);
        Assert.True(next.ExitCode == 0, next.Error);
        Assert.Contains("Active Positions: 1 |", next.Output, StringComparison.Ordinal);
        AssertReplays(next);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_entry_is_filled_at_the_venue_and_its_stop_rests_there_after_the_end(bool isEd25519)
    {
        if (isEd25519)
        {
            WriteEd25519Key(Workspace.File("key.json"));
        }

        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(Workspace);
        string[] arguments = [.. Arguments(venue, "coinbase"), "--key-file", venue.KeyFile, "--entries", Entries()];
        using LlpProcess llp = Start([.. arguments, "--db", Workspace.File("venue.db")]);
        await LiveSession.UntilAsync(llp, async () => Orders(await venue.LedgerAsync()).Any(IsRestingStop));
        llp.Signal("TERM");
        LlpResult result = llp.Finish();
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith("Simulated money: orders go to 127.0.0.1:", result.Output, StringComparison.Ordinal);
        Assert.Contains("Active Positions: 1 |", result.Output, StringComparison.Ordinal);
        AssertReplays(result);

        JsonElement ledger = await venue.LedgerAsync();
        Assert.Empty(ledger.GetProperty("violations").EnumerateArray());
        JsonElement[] orders = [.. Orders(ledger)];
        Assert.Equal(2, orders.Length);
        Assert.All(
            orders, order => Assert.StartsWith("llp-", Text(order, "client_order_id"), StringComparison.Ordinal));
        JsonElement entry = Assert.Single(orders, order => Text(order, "side") == "BUY");
        Assert.Equal(("FILLED", "0.01000000"), (Text(entry, "status"), Eight(Text(entry, "filled_size"))));
        JsonElement stop = Assert.Single(orders, IsRestingStop);
        Assert.Equal("STOP_LIMIT", Text(stop, "order_type"));
        JsonElement bitcoin =
            ledger.GetProperty("accounts").EnumerateArray().Single(account => Text(account, "currency") == "BTC");
        Assert.Equal(("0.01000000", "0.01000000"), (Eight(Text(bitcoin, "hold")), Eight(Text(bitcoin, "total"))));
    }

    // The simulator takes the key that is there. A seed alone is a key too.
    private static void WriteEd25519Key(string file)
    {
        string seed = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        File.WriteAllText(file, $$"""{ "id": "{{Guid.NewGuid()}}", "privateKey": "{{seed}}" }""");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private static bool IsRestingStop(JsonElement order) =>
        Text(order, "side") == "SELL" && Text(order, "status") == "OPEN";

    private static IEnumerable<JsonElement> Orders(JsonElement ledger) =>
        ledger.GetProperty("orders").EnumerateArray().Select(row => row.GetProperty("order"));

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static string Eight(string number) =>
        decimal.Parse(number, CultureInfo.InvariantCulture).ToString("F8", CultureInfo.InvariantCulture);

    private static string HashOf(string output) => HashLine().Match(output).Groups[1].Value;

    // Staged is refused on the few cores that tests may have.
    private void AssertReplays(LlpResult live)
    {
        string recording = Workspace.File("session.rec");
        Assert.Matches("^[0-9a-f]{16}$", HashOf(live.Output));
        foreach (string topology in (string[])["inline", "fused"])
        {
            LlpResult replay = Run("replay", recording, "--topology", topology);
            Assert.True(replay.ExitCode == 0, replay.Error);
            Assert.Equal(HashOf(live.Output), HashOf(replay.Output));
        }

        LlpResult asFeed = Run("run", "--feed", $"replay:{recording}");
        Assert.Equal((0, HashOf(live.Output)), (asFeed.ExitCode, HashOf(asFeed.Output)));
    }

    // What was said of entries, oldest first: the verdict of a refusal, otherwise the action.
    private static List<string> VerdictsOf(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(path);
        return
        [
            .. database.History()
                .Where(row => row.Action is HistoryAction.RiskRejected or HistoryAction.EntrySubmitted)
                .Select(row => row.Action == HistoryAction.EntrySubmitted ? "ENTRY_SUBMITTED" : row.Detail!),
        ];
    }

    private string[] Arguments(ExchangeSimProcess venue, string gateway) =>
        [.. LiveSession.Arguments(Workspace, venue, gateway), "--record", Workspace.File("session.rec")];

    private string Entries() => LiveSession.Entries(Workspace);

    [GeneratedRegex("^State hash ([0-9a-f]{16})$", RegexOptions.Multiline)]
    private static partial Regex HashLine();
}
