using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LowLatencyPortfolio.Simulation.Tests.Live;

/// <summary>
/// <c>llp run --feed coinbase</c> against a venue in a process of its own: what was recorded comes to the same hash
/// again.
/// </summary>
public sealed partial class LiveSessionTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_paper_session_ends_after_its_seconds_and_its_recording_replays_to_the_same_hash()
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(_workspace);
        string json = _workspace.File("result.json");
        LlpResult result = LlpProcess.Run([.. Arguments(venue, "paper"), "--seconds", "5", "--json", json]);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Empty(result.Error);
        Assert.StartsWith("Paper trading on live prices of BTC-USD, ETH-USD\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(HashOf(result.Output), JsonNode.Parse(File.ReadAllText(json))!["stateHash"]!.GetValue<string>());
        AssertReplays(result);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_stops_a_paper_session_in_order_and_the_next_one_has_its_position(string signal)
    {
        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(_workspace);
        string database = _workspace.File("paper.db");
        string[] arguments = [.. Arguments(venue, "paper"), "--db", database];
        using (LlpProcess llp = LlpProcess.Start([.. arguments, "--entries", Entries()]))
        {
            await LiveSession.UntilAsync(llp, () => Task.FromResult(
                File.Exists(database) && Workspace.Rows(database).Contains("STOP", StringComparison.OrdinalIgnoreCase)));
            llp.Signal(signal);
            LlpResult result = llp.Finish();
            Assert.True(result.ExitCode == 0, result.Error);
            Assert.Contains("Active Positions: 1 |", result.Output, StringComparison.Ordinal);
            Assert.Contains("Stops placed 1,", result.Output, StringComparison.Ordinal);
            AssertReplays(result);
        }

        LlpResult next = LlpProcess.Run([.. arguments, "--seconds", "1"]);
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
            WriteEd25519Key(_workspace.File("key.json"));
        }

        using ExchangeSimProcess venue = await ExchangeSimProcess.StartAsync(_workspace);
        string[] arguments = [.. Arguments(venue, "coinbase"), "--key-file", venue.KeyFile, "--entries", Entries()];
        using LlpProcess llp = LlpProcess.Start([.. arguments, "--db", _workspace.File("venue.db")]);
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
        Assert.All(orders, order => Assert.StartsWith("llp-", Text(order, "client_order_id"), StringComparison.Ordinal));
        JsonElement entry = Assert.Single(orders, order => Text(order, "side") == "BUY");
        Assert.Equal(("FILLED", "0.01000000"), (Text(entry, "status"), Eight(Text(entry, "filled_size"))));
        JsonElement stop = Assert.Single(orders, IsRestingStop);
        Assert.Equal("STOP_LIMIT", Text(stop, "order_type"));
        JsonElement bitcoin =
            ledger.GetProperty("accounts").EnumerateArray().Single(account => Text(account, "currency") == "BTC");
        Assert.Equal(("0.01000000", "0.01000000"), (Eight(Text(bitcoin, "hold")), Eight(Text(bitcoin, "total"))));
        AssertKeepsItsSecret(venue.KeyFile, result);
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

    private static void AssertKeepsItsSecret(string keyFile, LlpResult result)
    {
        string secret = JsonNode.Parse(File.ReadAllText(keyFile))!["privateKey"]!.GetValue<string>();
        string[] lines =
        [
            .. secret.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.StartsWith("-----", StringComparison.Ordinal)),
        ];
        Assert.True(lines.Length > 0, "the key has no lines to look for");
        Assert.All(
            lines,
            line => Assert.DoesNotContain(line, result.Output + result.Error, StringComparison.Ordinal));
    }

    private static bool IsRestingStop(JsonElement order) =>
        Text(order, "side") == "SELL" && Text(order, "status") == "OPEN";

    private static IEnumerable<JsonElement> Orders(JsonElement ledger) =>
        ledger.GetProperty("orders").EnumerateArray().Select(row => row.GetProperty("order"));

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static string Eight(string number) =>
        decimal.Parse(number, CultureInfo.InvariantCulture).ToString("F8", CultureInfo.InvariantCulture);

    private static string HashOf(string output) => HashLine().Match(output).Groups[1].Value;

    private void AssertReplays(LlpResult live)
    {
        LlpResult replay = LlpProcess.Run("replay", _workspace.File("session.rec"));
        Assert.True(replay.ExitCode == 0, replay.Error);
        Assert.Equal(HashOf(live.Output), HashOf(replay.Output));
        Assert.Matches("^[0-9a-f]{16}$", HashOf(live.Output));
        LlpResult asFeed = LlpProcess.Run("run", "--feed", $"replay:{_workspace.File("session.rec")}");
        Assert.Equal(replay.Output, asFeed.Output);
    }

    private string[] Arguments(ExchangeSimProcess venue, string gateway) =>
        [.. LiveSession.Arguments(_workspace, venue, gateway), "--record", _workspace.File("session.rec")];

    private string Entries() => LiveSession.Entries(_workspace);

    [GeneratedRegex("^State hash ([0-9a-f]{16})$", RegexOptions.Multiline)]
    private static partial Regex HashLine();
}
