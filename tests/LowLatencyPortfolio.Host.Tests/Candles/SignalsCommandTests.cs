using System.Text.Json;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Run;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Tests.Candles;

public sealed class SignalsCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("llp-signals-tests-").FullName;
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    [Fact]
    public void Without_options_every_candle_of_the_sample_is_shown_with_its_votes()
    {
        Assert.Equal(ExitCode.Success, Execute(new SignalsOptions([], null, null, null)));
        string[] lines = _output.ToString().Split('\n');
        Assert.StartsWith("time                  product ", lines[0], StringComparison.Ordinal);
        Assert.Equal(10 * 1_008, lines.Count(line => line.StartsWith("2023-12-", StringComparison.Ordinal)));
        string[] first = [.. lines.First(line => line.Contains("buy at", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(
            [
                "2023-12-08T01:15:00Z", "DOT-USD", "6.229", "41.20", "-", "6.22581", "RSI*", "VWAP*", "0.67",
                "buy", "at", "6.229",
            ],
            first);
        Assert.Contains("Candles of 300 s: 10,080; of these confirm an entry: 195", lines);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void The_JSON_alone_goes_to_standard_output_when_asked()
    {
        Assert.Equal(ExitCode.Success, Execute(new SignalsOptions([], null, null, "-")));
        using JsonDocument json = JsonDocument.Parse(_output.ToString());
        Assert.Equal(300, json.RootElement.GetProperty("candleSeconds").GetInt32());
        JsonElement[] candles = [.. json.RootElement.GetProperty("candles").EnumerateArray()];
        Assert.Equal(10_080, candles.Length);
        Assert.Equal(195, candles.Count(candle => candle.GetProperty("entry").GetBoolean()));
        Assert.All(candles, CheckCandle);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void Candles_come_by_time_and_then_by_product()
    {
        Execute(new SignalsOptions([], null, "3600", "-"));
        using JsonDocument json = JsonDocument.Parse(_output.ToString());
        (string, string)[] order = [.. json.RootElement.GetProperty("candles").EnumerateArray().Select(
            candle => (candle.GetProperty("time").GetString()!, candle.GetProperty("product").GetString()!))];
        Assert.Equal(10 * 84, order.Length);
        Assert.Equal(
            order.OrderBy(x => x.Item1, StringComparer.Ordinal).ThenBy(x => x.Item2, StringComparer.Ordinal), order);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_pair_needs_as_many_votes_as_its_configuration_says(int level)
    {
        string config = WriteFile("config.json", $$"""{ "pairDefaults": { "entryConfirmationLevel": {{level}} } }""");
        Assert.Equal(ExitCode.Success, Execute(new SignalsOptions([], config, "60", "-")));
        using JsonDocument json = JsonDocument.Parse(_output.ToString());
        int entries = 0;
        foreach (JsonElement candle in json.RootElement.GetProperty("candles").EnumerateArray())
        {
            Assert.Equal(level, candle.GetProperty("needed").GetInt32());
            Assert.Equal(candle.GetProperty("standing").GetInt32() >= level, candle.GetProperty("entry").GetBoolean());
            entries += candle.GetProperty("entry").GetBoolean() ? 1 : 0;
        }

        Assert.True(entries > 0, "no entry to prove anything");
    }

    [Fact]
    public void A_result_file_takes_the_place_of_an_older_one_beside_the_table()
    {
        string file = WriteFile("signals.json", "older");
        Assert.Equal(ExitCode.Success, Execute(new SignalsOptions([Ticks()], null, "60", file)));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement candle = Assert.Single(json.RootElement.GetProperty("candles").EnumerateArray());
        Assert.Equal("2024-01-01T00:00:00Z", candle.GetProperty("time").GetString());
        Assert.Equal("1.5", candle.GetProperty("close").GetString());
        Assert.Equal(JsonValueKind.Null, candle.GetProperty("rsi").ValueKind);
        Assert.Contains(
            "Candles of 60 s: 1; of these confirm an entry: 0\n", _output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(
            "Unfinished at the end of the data, and not shown: 1\n", _output.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(file + ".unfinished"));
    }

    [Fact]
    public void Faults_of_all_inputs_are_told_at_once_and_nothing_is_written()
    {
        string config = WriteFile("config.json", """{ "pairDefaults": { "entryConfirmationLevels": 4 } }""");
        string json = Path.Combine(_folder, "absent", "x.json");
        Assert.Equal(
            ExitCode.BadInput, Execute(new SignalsOptions([Path.Combine(_folder, "no.csv")], config, null, json)));
        string[] lines = _error.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Contains("entryConfirmationLevel", lines[0], StringComparison.Ordinal);
        Assert.Contains("no such file", lines[1], StringComparison.Ordinal);
        Assert.Contains("does not exist", lines[2], StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void A_level_outside_its_range_is_one_line()
    {
        string config = WriteFile("config.json", """{ "pairDefaults": { "entryConfirmationLevel": 4 } }""");
        Assert.Equal(ExitCode.BadInput, Execute(new SignalsOptions([Ticks()], config, null, null)));
        Assert.Equal(
            $"llp: {config}: pairDefaults.entryConfirmationLevel is 4; allowed: 1 to 3\n", _error.ToString());
    }

    [Fact]
    public void Candles_of_the_configuration_that_would_cut_bars_are_named_once_beside_its_other_faults()
    {
        string config = WriteFile(
            "config.json", """{ "portfolio": { "totalCapital": -5 }, "signals": { "candleSeconds": 90 } }""");
        string[] bars =
        [
            .. new[] { "ABC-USD.1m.csv", "DEF-USD.1m.csv", "GHI-USD.1m.csv" }.Select(name => WriteFile(
                name, "time,open,high,low,close,volume\n2024-01-01T00:00:00Z,1,2,1,2,5\n")),
        ];
        Assert.Equal(ExitCode.BadInput, Execute(new SignalsOptions(bars, config, null, null)));
        string fit = $"{config}: signals.candleSeconds is 90; allowed: a multiple of 60, because {bars[0]} and 2 more "
            + "have 1m bars";
        string[] lines = _error.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains($"llp: {fit}", lines);
        Assert.Contains(lines, line => line.Contains("totalCapital is -5", StringComparison.Ordinal));

        FaultLines faults = new();
        RunOptions run = new(bars, null, config, null, Topology.Inline, null, false) { Signals = true };
        Assert.Null(new RunPreparation(faults, []).Prepare(run, new RunProgress()));
        Assert.Contains(fit, faults.Lines);
        Assert.Equal(2, faults.Lines.Count);
    }

    [Fact]
    public void A_result_never_takes_the_place_of_the_data()
    {
        string ticks = Ticks();
        string before = File.ReadAllText(ticks);
        Assert.Equal(ExitCode.BadInput, Execute(new SignalsOptions([ticks], null, null, ticks)));
        Assert.Contains("market data (--ticks)", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(ticks));
    }

    [Fact]
    public void The_options_arrive()
    {
        SignalsOptions? seen = null;
        LlpCommandLine commandLine = new(_ => 7, _ => 8, _ => 9, SignalsCommandLine.Build(options =>
        {
            seen = options;
            return 4;
        }));
        Assert.Equal(4, commandLine.Invoke(["signals"], _output, _error));
        Assert.Empty(seen!.Ticks);
        string[] all = ["signals", "--ticks", "a", "b", "--config", "c", "--interval", "60", "--json", "-"];
        Assert.Equal(4, commandLine.Invoke(all, _output, _error));
        Assert.Equal(["a", "b"], seen.Ticks);
        Assert.Equal(("c", "60", "-"), (seen.Config, seen.Interval, seen.Json));
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    private static void CheckCandle(JsonElement candle)
    {
        int standing = candle.GetProperty("votes").EnumerateObject().Count(
            vote => vote.Value.ValueKind == JsonValueKind.Number);
        Assert.Equal(standing, candle.GetProperty("standing").GetInt32());
        bool enters = candle.GetProperty("entry").GetBoolean();
        Assert.Equal(standing >= candle.GetProperty("needed").GetInt32(), enters);
        Assert.Equal(enters, candle.GetProperty("limit").ValueKind == JsonValueKind.String);
        Assert.Contains($"{standing} of 3 votes", candle.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    private string Ticks() => WriteFile(
        "ABC-USD.csv", "time,price,size\n2024-01-01T00:00:00Z,1.5,2\n2024-01-01T00:01:01Z,1.25,0.5\n");

    private int Execute(SignalsOptions options) =>
        new SignalsCommand(_output, _error, isTerminal: false).Execute(options);

    private string WriteFile(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
