using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Host.CommandLine;

namespace LowLatencyPortfolio.Host.Tests.Live;

/// <summary>
/// The files and the key of a live run: every fault at once, exit code 2, and never a part of the key.
/// </summary>
public sealed class LiveInputTests : IDisposable
{
    private const string Simulator = """
        { "rest": "http://127.0.0.1:1", "marketWebSocket": "ws://127.0.0.1:1", "userWebSocket": "ws://127.0.0.1:1" }
        """;

    private const string Good = """
        { "portfolio": { "maxOrderNotional": 500 }, "pairs": [{ "productId": "BTC-USD" }] }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("llp-live-tests-").FullName;
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly Dictionary<string, string> _environment = [];
    private readonly string _pem;
    private readonly string _seed = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));     // Ed25519

    public LiveInputTests()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _pem = key.ExportECPrivateKeyPem();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Real_orders_need_the_word_live()
    {
        UseEnvironment(_pem);
        Assert.Equal(
            ["llp: --gateway coinbase: sends real orders to api.coinbase.com; add --live if real money is meant, "
                + "or name a simulator on this machine with --endpoints"],
            Faults(AtVenue(Good)));
    }

    [Fact]
    public void Orders_never_follow_the_prices_of_another_venue()
    {
        UseEnvironment(_pem);
        string endpoints = WriteFile("e.json", """{ "marketWebSocket": "ws://127.0.0.1:9/ws" }""");
        Assert.Equal(
            ["llp: --endpoints: orders go to api.coinbase.com, prices come from 127.0.0.1:9 and reports from "
                + "advanced-trade-ws-user.coinbase.com; name all of one venue"],
            Faults(AtVenue(Good) with { Endpoints = endpoints, Live = true }));
    }

    [Fact]
    public void The_address_that_counts_is_that_of_the_source_that_was_asked_for()
    {
        UseEnvironment(_pem);
        RunOptions options = AtVenue(Good) with { Endpoints = WriteFile("e.json", Simulator), Source = "matches" };
        Assert.Equal(
            ["llp: --endpoints: orders go to 127.0.0.1:1, prices come from ws-feed.exchange.coinbase.com and reports "
                + "from 127.0.0.1:1; name all of one venue"],
            Faults(options));
        string endpoints = WriteFile("e.json", """{ "exchangeWebSocket": "wss://127.0.0.1:9/ws" }""");
        options = AtVenue(Good) with { Endpoints = endpoints, Source = "matches", Live = true };
        Assert.Contains("prices come from 127.0.0.1:9", Faults(options)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_configuration_without_pairs_and_without_a_largest_order_is_refused()
    {
        UseEnvironment(_pem);
        string[] lines = Faults(AtVenue("{}") with { Endpoints = WriteFile("e.json", Simulator) });
        Assert.Equal(2, lines.Length);
        Assert.Contains("pairs names no product; a live feed needs at least one", lines[0], StringComparison.Ordinal);
        Assert.Contains("maxOrderNotional", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_paper_session_needs_pairs_but_no_largest_order()
    {
        string[] lines = Faults(AtVenue("{}") with { Gateway = null });
        Assert.Contains("pairs names no product", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public void The_faults_of_configuration_addresses_targets_and_key_are_told_at_once()
    {
        RunOptions options = AtVenue("""{ "pairs": [{ "productId": "BTC-USD", "trailPct": 7 }] }""") with
        {
            Endpoints = WriteFile("e.json", """{ "rest": "coinbase" }"""),
            Record = Path.Combine(_folder, "none", "r.rec"),
            KeyFile = Path.Combine(_folder, "none.json"),
        };
        string[] lines = Faults(options);
        Assert.Equal(5, lines.Length);
        Assert.All(
            (string[])["trailPct", "maxOrderNotional", "--endpoints: ", "--record: folder ", "--key-file: "],
            part => Assert.Single(lines, line => line.Contains(part, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("file not found", "none.json")]
    [InlineData("cannot be read", ".")]
    public void Addresses_that_cannot_be_read_are_one_line(string expected, string file)
    {
        RunOptions options = AtVenue(Good) with { Gateway = "paper", Endpoints = Path.Combine(_folder, file) };
        string line = Assert.Single(Faults(options));
        Assert.StartsWith("llp: --endpoints: ", line, StringComparison.Ordinal);
        Assert.EndsWith($": {expected}", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_that_others_may_read_is_refused_without_showing_it()
    {
        string file = WriteFile(
            "key.json", JsonSerializer.Serialize(new { name = "organizations/o/apiKeys/k", privateKey = _pem }));
        using (Process chmod = Process.Start("chmod", ["640", file]))
        {
            await chmod.WaitForExitAsync();
        }

        RunOptions options = AtVenue(Good) with { KeyFile = file, Endpoints = WriteFile("e.json", Simulator) };
        Assert.Equal(
            [$"llp: --key-file: {file}: others may read it; make it private with chmod 600"], Faults(options));
        AssertHidden();
    }

    [Theory]
    [InlineData("c2VjcmV0c2VjcmV0c2VjcmV0")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nc2VjcmV0c2VjcmV0c2VjcmV0\n-----END EC PRIVATE KEY-----")]
    // 64 bytes, but no key; 33 bytes
    [InlineData("c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2Vjcg==")]
    [InlineData("c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2Vj")]
    [InlineData("")]
    public void A_key_that_cannot_be_used_is_one_line_without_any_of_it(string secret)
    {
        UseEnvironment(secret);
        string line = Assert.Single(Faults(AtVenue(Good) with { Endpoints = WriteFile("e.json", Simulator) }));
        Assert.StartsWith("llp: --gateway coinbase: ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_venue_that_does_not_answer_is_one_line_and_exit_code_1_without_any_of_the_key(bool isEd25519)
    {
        UseEnvironment(isEd25519 ? _seed : _pem);
        RunOptions options = AtVenue(Good) with { Endpoints = WriteFile("e.json", Simulator) };
        Assert.Equal(ExitCode.Failed, Run(options));
        Assert.StartsWith(
            "llp: the venue did not answer: GET http://127.0.0.1:1/", _error.ToString(), StringComparison.Ordinal);
        AssertHidden();
    }

    private void AssertHidden() => Assert.All(
        [.. _pem.Split('\n')[1..^1], _seed[..40]],
        line => Assert.DoesNotContain(line, _error.ToString(), StringComparison.Ordinal));

    private void UseEnvironment(string secret)
    {
        _environment[CoinbaseCredentials.KeyVariable] = "organizations/o/apiKeys/k";
        _environment[CoinbaseCredentials.SecretVariable] = secret;
    }

    private RunOptions AtVenue(string config) =>
        new([], null, WriteFile("c.json", config), null, default, null, false)
        {
            Feed = "coinbase", Gateway = "coinbase",
        };

    private string[] Faults(RunOptions options)
    {
        Assert.Equal(ExitCode.BadInput, Run(options));
        return _error.ToString().TrimEnd('\n').Split('\n');
    }

    private int Run(RunOptions options)
    {
        using StringWriter output = new();
        LiveCommand command = new(
            output, _error, isTerminal: false, name => _environment.GetValueOrDefault(name),
            _ => throw new InvalidOperationException("no replay"));
        int exit = command.Execute(options);
        Assert.Empty(output.ToString());
        return exit;
    }

    private string WriteFile(string name, string text)
    {
        string file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}
