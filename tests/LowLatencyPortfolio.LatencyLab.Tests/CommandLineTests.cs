using System.Text.Json;

namespace LowLatencyPortfolio.LatencyLab.Tests;

/// <summary>The program itself, as a user starts it.</summary>
public sealed class CommandLineTests
{
    private static readonly string[] ThroughputKeys =
    [
        "directNs", "inlineNs", "fusedNs", "decimalReferenceNs", "channelBoundedNs", "channelUnboundedNs",
        "dataflowNs", "blockingCollectionNs",
    ];

    [Fact]
    public void Throughput_writes_every_candidate_with_its_bytes_as_one_json_object()
    {
        (int exit, string output, _) = Run(
            "throughput", "--ticks", "5000", "--rounds", "1", "--pairs", "3", "--json", "-");
        Assert.Equal(0, exit);
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.All(ThroughputKeys, key =>
        {
            Assert.True(json.RootElement.GetProperty(key).GetDouble() > 0, key);
            Assert.True(json.RootElement.GetProperty("allocatedBytesPerTick").GetProperty(key).GetDouble() >= 0, key);
        });
        Assert.InRange(json.RootElement.GetProperty("wakeShare").GetDouble(), 0.0001, 0.1);
        Assert.Equal(16, json.RootElement.GetProperty("stateHash").GetString()!.Length);
    }

    [Fact]
    public void Latency_counts_one_order_a_tick_and_prints_the_hiccups_beside()
    {
        (int exit, string output, _) = Run(
            "latency", "--rate", "2000", "--seconds", "1", "--topology", "inline", "--wait", "yielding", "--json", "-");
        Assert.Equal(0, exit);
        using JsonDocument json = JsonDocument.Parse(output);
        string[] figures = ["intendedStartToOrder", "actualStartToOrder", "senderLateness", "machineHiccups"];
        foreach (string figure in figures)
        {
            JsonElement percentiles = json.RootElement.GetProperty(figure);
            Assert.Equal(2000, percentiles.GetProperty("count").GetInt64());
            Assert.True(percentiles.GetProperty("p50Ns").GetInt64() <= percentiles.GetProperty("maxNs").GetInt64());
        }
    }

    [Fact]
    public void Writes_puts_at_least_the_rows_asked_for_into_a_database()
    {
        (int exit, string output, _) = Run("writes", "--rows", "5000", "--rounds", "1", "--json", "-");
        Assert.Equal(0, exit);
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.True(json.RootElement.GetProperty("rows").GetInt64() >= 5000);
        Assert.True(json.RootElement.GetProperty("rowsPerSecond").GetDouble() > 0);
    }

    [Fact]
    public void Wire_sends_one_order_a_tick_to_the_simulator_and_as_many_echoes()
    {
        (int exit, string output, string error) = Run(
            "wire", "--rate", "500", "--ticks", "100", "--warm-up", "300", "--json", "-");
        Assert.True(exit == 0, error);
        using JsonDocument json = JsonDocument.Parse(output);
        string[] figures =
            ["tickOutToOrderIn", "readToWritten", "intendedStartToWritten", "senderLateness", "machineHiccups"];
        string[] sides = ["wire", "echo"];
        Assert.All(
            sides,
            side => Assert.All(figures, figure => AssertCounted(json.RootElement.GetProperty(side), figure)));
        string[] stages = ["readToPublished", "publishedToDecided", "decidedToWritten"];
        Assert.All(stages, stage => AssertCounted(json.RootElement.GetProperty("stages"), stage));
        Assert.True(json.RootElement.GetProperty("ratio").GetDouble() > 0);
        Assert.InRange(json.RootElement.GetProperty("frameBytes").GetInt32(), 400, 600);
        Assert.InRange(json.RootElement.GetProperty("requestBytes").GetInt32(), 700, 1_500);
        // Less than one object a tick: the runtime's own recompilation may leave some bytes in so short a run.
        Assert.InRange(json.RootElement.GetProperty("allocatedBytes").GetInt64(), 0, 100 * 23);
    }

    [Fact]
    public void Naked_plays_a_part_of_the_day_at_the_simulator_with_edits_and_without()
    {
        (int exit, string output, string error) = Run(
            "naked", "--minutes", "150", "--speed", "1800", "--latency-ms", "5", "--json", "-");
        Assert.True(exit == 0, error);
        using JsonDocument json = JsonDocument.Parse(output);
        Assert.True(json.RootElement.GetProperty("ticks").GetInt64() > 1_000);
        JsonElement edited = json.RootElement.GetProperty("edited");
        JsonElement placedAnew = json.RootElement.GetProperty("placedAnew");
        foreach (JsonElement side in (JsonElement[])[edited, placedAnew])
        {
            long entries = side.GetProperty("entries").GetInt64();
            Assert.InRange(side.GetProperty("withoutStop").GetProperty("count").GetInt64(), 1, long.MaxValue);
            Assert.InRange(side.GetProperty("creates").GetInt64(), entries, long.MaxValue);
            long byKind = side.GetProperty("creates").GetInt64() + side.GetProperty("cancels").GetInt64()
                + side.GetProperty("edits").GetInt64();
            Assert.Equal(side.GetProperty("requests").GetInt64(), byKind);
        }
    }

    private static void AssertCounted(JsonElement parent, string figure)
    {
        JsonElement percentiles = parent.GetProperty(figure);
        Assert.Equal(100, percentiles.GetProperty("count").GetInt64());
        Assert.True(percentiles.GetProperty("p50Ns").GetInt64() <= percentiles.GetProperty("maxNs").GetInt64());
    }

    [Theory]
    [InlineData("--ticks must be a whole number", "throughput", "--ticks", "many")]
    [InlineData("--rate must be a whole number from 1 to 50000", "wire", "--rate", "0")]
    [InlineData("--ticks must be a whole number from 1 to 4000000", "wire", "--ticks", "4000001")]
    [InlineData("--warm-up must be a whole number", "wire", "--warm-up", "some")]
    [InlineData("--sim /no/such/sim.dll is not a file", "wire", "--sim", "/no/such/sim.dll")]
    [InlineData("--latency-ms must be a whole number from 0 to 60000", "naked", "--latency-ms", "60001")]
    [InlineData("--ticks must be a whole number", "throughput", "--ticks", "0")]
    [InlineData("--wake-pct must be a percentage", "throughput", "--wake-pct", "101")]
    [InlineData("--ring must be a power of two", "throughput", "--ring", "1000")]
    [InlineData("--candles", "fusion")]
    [InlineData("costThreshold is 1", "fusion", "--candles", ".", "--rise-pct", "100")]
    [InlineData("--horizon must be a whole number from 1 to 288", "fusion", "--candles", ".", "--horizon", "289")]
    [InlineData("quickNs", "throughput", "--only", "quickNs")]
    [InlineData("--rate", "latency")]
    [InlineData(
        "--topology must be one of inline, fused, staged", "latency", "--rate", "1000", "--topology", "braided")]
    [InlineData("--json", "throughput", "--ticks", "1000", "--json", "/no/such/folder/x.json")]
    [InlineData("command", "quick")]
    [InlineData("command")]
    public void Bad_arguments_are_one_clear_line_and_exit_code_2(string expected, params string[] arguments)
    {
        (int exit, string output, string error) = Run(arguments);
        Assert.Equal(2, exit);
        Assert.Empty(output);
        string line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("llp-lab: ", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.OrdinalIgnoreCase);
    }

    private static (int Exit, string Output, string Error) Run(params string[] arguments) => LabProgram.Run(arguments);
}
