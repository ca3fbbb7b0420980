using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Tests.CommandLine;

/// <summary>What a person sees of a recording that is not as it should be.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("llp-replay-tests-").FullName;
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    private string Recording => Path.Combine(_folder, "run.rec");

    [Fact]
    public void Another_hash_than_the_recorded_one_is_exit_code_1()
    {
        byte[] bytes = Record();
        bytes[^56] ^= 1;        // of the hash in the recording's end
        File.WriteAllBytes(Recording, bytes);
        Assert.Equal(ExitCode.Failed, Replay());
        Assert.Matches(
            "^llp: .*run.rec: the recorded run ended with state hash [0-9a-f]{16}, its replay with [0-9a-f]{16}\n$",
            _error.ToString());
        Assert.DoesNotContain("the same state hash", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_recording_that_was_cut_off_is_played_and_is_one_line_and_exit_code_2()
    {
        File.WriteAllBytes(Recording, Record()[..^70]);
        Assert.Equal(ExitCode.BadInput, Replay());
        Assert.Contains("\nTicks      1\n", _output.ToString(), StringComparison.Ordinal);
        Assert.Matches(
            "^llp: .*: its last record, at byte [0-9]+, is cut off; [0-9]+ events were played\n$", _error.ToString());
    }

    [Theory]
    [InlineData("time,price,size\n", "is not a recording of llp run --record")]
    [InlineData(
        "LLP-REC\n\u0004\0\0\0", "is a recording of version 4, this program knows 3; use the program that wrote it")]
    public void A_foreign_or_newer_file_is_one_line_and_exit_code_2(string content, string reason)
    {
        File.WriteAllText(Recording, content);
        Assert.Equal(ExitCode.BadInput, Replay());
        Assert.Equal($"llp: {Recording}: {reason}\n", _error.ToString());
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void A_missing_file_and_an_empty_name_are_one_line_and_exit_code_2()
    {
        Assert.Equal(ExitCode.BadInput, Replay());
        Assert.StartsWith($"llp: {Recording}: cannot be read: ", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.BadInput, new ReplayCommand(_output, _error).Execute(new(" ", Topology.Inline)));
        Assert.EndsWith("llp: \" \" is not a file; name a recording\n", _error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    private byte[] Record()
    {
        string ticks = Path.Combine(_folder, "BTC-USD.csv");
        File.WriteAllText(ticks, "time,price,size\n2024-01-01T12:00:00Z,1.00,1\n2024-01-01T12:00:01Z,1.01,1\n");
        RunCommand run = new(TextWriter.Null, _error, isTerminal: false, ReplayRunner.Run);
        RunOptions options = new(
            [ticks], null, null, Path.Combine(_folder, "run.db"), Topology.Inline, null, false) { Record = Recording };
        Assert.Equal(ExitCode.Success, run.Execute(options));
        Assert.Empty(_error.ToString());
        return File.ReadAllBytes(Recording);
    }

    private int Replay() => new ReplayCommand(_output, _error).Execute(new(Recording, Topology.Inline));
}
