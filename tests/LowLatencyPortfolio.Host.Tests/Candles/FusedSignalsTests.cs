using System.Globalization;
using System.Text.Json;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Run;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Host.Tests.Candles;

/// <summary><c>llp signals</c> with the fused model switched on.</summary>
public sealed class FusedSignalsTests : IDisposable
{
    private const string Fused = """
        { "signals": { "fusion": {
            "enabled": true, "minProbability": 0.3, "horizonCloses": 6, "costThreshold": 0.002,
            "warmUpCloses": 300 } } }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("llp-fused-tests-").FullName;
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void What_is_shown_is_what_the_run_goes_by_at_the_same_closes()
    {
        string config = WriteFile("fused.json", Fused);
        Dictionary<(string, string), EntrySignal> run = OfRun(config, out var probabilities);
        Assert.Equal(ExitCode.Success, Execute(config, "-"));
        using JsonDocument json = JsonDocument.Parse(_output.ToString());
        JsonElement[] candles = [.. json.RootElement.GetProperty("candles").EnumerateArray()];
        Assert.Equal(10_080, candles.Length);
        (int compared, int known, int entries) = (0, 0, 0);
        foreach (JsonElement candle in candles)
        {
            (string, string) at = (candle.GetProperty("product").GetString()!, candle.GetProperty("time").GetString()!);
            if (!run.TryGetValue(at, out EntrySignal? signal))
            {
                continue;
            }

            JsonElement shown = candle.GetProperty("riseProbability");
            Assert.Equal(
                probabilities[at], shown.ValueKind == JsonValueKind.Null ? null : shown.GetDouble());
            Assert.Equal(signal.ShouldEnter, candle.GetProperty("entry").GetBoolean());
            Assert.Equal(signal.Reason, candle.GetProperty("reason").GetString());
            compared++;
            known += probabilities[at] is null ? 0 : 1;
            entries += signal.ShouldEnter ? 1 : 0;
        }

        // The last close of the data is one that a run does not wait for.
        Assert.InRange(compared, 10_060, 10_080);
        Assert.InRange(known, 1_000, 10_000);
        Assert.True(entries > 0, "no entry to prove anything");
    }

    [Fact]
    public void The_table_has_a_column_for_it_that_is_empty_until_the_model_speaks()
    {
        Assert.Equal(ExitCode.Success, Execute(WriteFile("fused.json", Fused), null));
        string[] lines = _output.ToString().Split('\n');
        int column = lines[0].IndexOf(" fused  entry", StringComparison.Ordinal);
        Assert.True(column > 0, lines[0]);
        string[] cells =
        [
            .. lines.Where(line => line.StartsWith("2023-12-", StringComparison.Ordinal))
                .Select(line => line.Substring(column, 6).Trim()),
        ];
        Assert.Equal(10_080, cells.Length);
        Assert.All(cells[..3_000], cell => Assert.Equal("-", cell));
        double[] said = [.. cells.Where(cell => cell != "-").Select(
            cell => double.Parse(cell, CultureInfo.InvariantCulture))];
        Assert.True(said.Length > 1_000, $"{said.Length} probabilities");
        Assert.All(said, probability => Assert.InRange(probability, 0, 1));
        Assert.Contains(
            "fused: probability of a rise by more than 0.2% within 6 candles, said after 300 closes with known "
            + "outcomes; an entry needs 0.3 and the votes.",
            lines);
    }

    [Fact]
    public void Without_it_nothing_is_said_of_it()
    {
        string[] configs = ["""{ "signals": { "fusion": { "enabled": false, "warmUpCloses": 1 } } }""", "{}"];
        string[] outputs = [.. configs.Select((text, i) =>
        {
            _output.GetStringBuilder().Clear();
            string json = Path.Combine(_folder, $"{i}.json");
            Assert.Equal(ExitCode.Success, Execute(WriteFile($"{i}.config", text), json));
            return _output + File.ReadAllText(json);
        })];
        Assert.Equal(outputs[0], outputs[1]);
        Assert.DoesNotContain("fused", outputs[0], StringComparison.Ordinal);
        Assert.DoesNotContain("riseProbability", outputs[0], StringComparison.Ordinal);
    }

    // What the built-in generator would say of each candle if nothing were held, and what the engine told it.
    private Dictionary<(string, string), EntrySignal> OfRun(
        string config, out Dictionary<(string, string), double?> probabilities)
    {
        FaultLines faults = new();
        RunOptions options = new(
            [], null, config, Path.Combine(_folder, "run.db"), Topology.Inline, null, Recapitalize: false)
        {
            Signals = true,
        };
        ReplayRequest request = new RunPreparation(faults, []).Prepare(options, new RunProgress())!;
        Assert.True(faults.AreEmpty, string.Join('\n', faults.Lines));
        Listener? listener = null;
        _ = ReplayRunner.Run(
            request with
            {
                Signals = request.Signals! with
                {
                    Generator = pairs => listener = new Listener(
                        (ConfirmationGenerator)RunSignals.GeneratorOf(request.Signals.Options, pairs)),
                },
            },
            CancellationToken.None);
        probabilities = listener!.Probabilities;
        return listener.Signals;
    }

    private int Execute(string config, string? json) =>
        new SignalsCommand(_output, _error, isTerminal: false).Execute(new SignalsOptions([], config, null, json));

    private string WriteFile(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private sealed class Listener(ConfirmationGenerator generator) : ISignalGenerator
    {
        private readonly Lock _gate = new();

        public Dictionary<(string, string), EntrySignal> Signals { get; } = [];

        public Dictionary<(string, string), double?> Probabilities { get; } = [];

        public ValueTask<EntrySignal> GenerateAsync(
            string productId, MarketSnapshot snapshot, CancellationToken cancellationToken)
        {
            if (snapshot.Candles is [.., { } newest])
            {
                // A pair that did not trade since is asked again with an older candle; its own close came first.
                string open = newest.OpenTime.UtcDateTime.ToString(
                    "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                MarketSnapshot alone = snapshot with { Held = 0m, StopTrigger = null, IsExiting = false };
                EntrySignal judged = generator.Judge(productId, alone);
                lock (_gate)
                {
                    Signals.TryAdd((productId, open), judged);
                    Probabilities.TryAdd((productId, open), snapshot.RiseProbability);
                }
            }

            return generator.GenerateAsync(productId, snapshot, cancellationToken);
        }
    }
}
