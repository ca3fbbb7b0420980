using System.Globalization;
using System.IO.Compression;
using LowLatencyPortfolio.Host.CommandLine;
using LowLatencyPortfolio.Host.Run;

namespace LowLatencyPortfolio.Host.Tests.Candles;

public sealed class CandlesCommandTests : IDisposable
{
    private const string Heading = "time,open,high,low,close,volume\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("llp-candles-tests-").FullName;
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    [Fact]
    public void Trades_become_candles_and_the_unfinished_one_is_told()
    {
        string ticks = WriteFile(
            "ABC-USD.csv",
            """
            time,price,size
            2024-01-01T00:00:59.5Z,1.5,2
            2024-01-01T00:01:00Z,1.25,0.5
            2024-01-01T00:01:01Z,1.75,0.25
            2024-01-01T00:01:59.999999999Z,1.5,0.25
            2024-01-01T00:05:00Z,100,3

            """);
        Assert.Equal(ExitCode.Success, Execute("60", ticks));
        Assert.Equal(
            Heading
            + """
            2024-01-01T00:00:00Z,1.5,1.5,1.5,1.5,2.0
            2024-01-01T00:01:00Z,1.25,1.75,1.25,1.5,1.0
            2024-01-01T00:05:00Z,100.0,100.0,100.0,100.0,3.0

            """,
            _output.ToString());
        Assert.Equal(
            "Note: the candle of 2024-01-01T00:05:00Z is unfinished: the data ends before it does\n",
            _error.ToString());
    }

    [Theory]
    [InlineData("DOT-USD", 300)]
    [InlineData("BTC-USD", 3_600)]
    [InlineData("DOGE-USD", 420)]
    public void Bars_become_the_candles_that_their_numbers_add_up_to(string productId, int seconds)
    {
        string file = Path.Combine(RunInputs.SampleFolder, "ticks", $"{productId}.1m.csv.gz");
        Assert.Equal(ExitCode.Success, Execute(seconds.ToString(CultureInfo.InvariantCulture), file));
        string[] built = _output.ToString().TrimEnd('\n').Split('\n')[1..];
        Assert.Equal(AddUp(file, seconds), built.Select(Numbers));
        Assert.True(built.Length > 80, "too few candles to prove anything");
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("1.5")]
    [InlineData("")]
    [InlineData("five")]
    [InlineData("2147483648")]
    public void An_interval_that_is_no_whole_number_of_seconds_is_one_line(string interval)
    {
        string ticks = WriteFile("ABC-USD.csv", "time,price,size\n2024-01-01T00:00:00Z,1.5,2\n");
        Assert.Equal(ExitCode.BadInput, Execute(interval, ticks));
        Assert.Equal(
            $"llp: --interval: is \"{interval}\"; allowed: 1 to 2147483647, whole seconds\n", _error.ToString());
        Assert.Empty(_output.ToString());
    }

    [Theory]
    [InlineData("60")]
    [InlineData("450")]
    public void Bars_are_not_cut(string interval)
    {
        string bars = WriteFile("ABC-USD.5m.csv", Heading + "2024-01-01T00:00:00Z,1,2,1,2,5\n");
        Assert.Equal(ExitCode.BadInput, Execute(interval, bars));
        Assert.Equal(
            $"llp: --interval: is {interval}; allowed: a multiple of 300, because {bars} has 5m bars\n",
            _error.ToString());
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void Data_of_several_products_or_no_data_is_one_line()
    {
        const string Row = "time,price,size\n2024-01-01T00:00:00Z,1.5,2\n";
        WriteFile("ABC-USD.csv", Row);
        WriteFile("DEF-USD.csv", Row);
        Assert.Equal(ExitCode.BadInput, Execute("60", _folder));
        Assert.Equal("llp: --ticks: has ABC-USD, DEF-USD; allowed: files of one product\n", _error.ToString());
        _error.GetStringBuilder().Clear();
        Assert.Equal(ExitCode.BadInput, Execute("60", Path.Combine(_folder, "absent.csv")));
        Assert.Equal($"llp: --ticks: {Path.Combine(_folder, "absent.csv")}: no such file\n", _error.ToString());
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void Bad_rows_are_left_out_and_told()
    {
        string[] rows = [.. Enumerable.Range(0, 200).Select(i => $"2024-01-01T00:{i / 60:00}:{i % 60:00}Z,1.5,2")];
        rows[100] = "2024-01-01T00:01:40Z,-1,2";
        string ticks = WriteFile("ABC-USD.csv", "time,price,size\n" + string.Join('\n', rows) + "\n");
        Assert.Equal(ExitCode.Success, Execute("100", ticks));
        Assert.Equal(
            Heading + "2024-01-01T00:00:00Z,1.5,1.5,1.5,1.5,200.0\n2024-01-01T00:01:40Z,1.5,1.5,1.5,1.5,198.0\n",
            _output.ToString());
        Assert.StartsWith(
            $"Note: {ticks}: 1 of 200 rows are bad and left out; ", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_files_of_one_product_are_one_row_of_candles()
    {
        string second = WriteFile(
            "ABC-USD.2.csv", "time,price,size\n2024-01-01T00:00:30Z,3,1\n2024-01-01T00:01:00Z,4,1\n");
        string first = WriteFile("ABC-USD.1.csv", "time,price,size\n2024-01-01T00:00:00Z,2,1\n");
        Assert.Equal(ExitCode.Success, Execute("60", second, first));
        Assert.Contains("\n2024-01-01T00:00:00Z,2.0,3.0,2.0,3.0,2.0\n", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void On_a_terminal_the_rows_are_the_same()
    {
        string file = Path.Combine(RunInputs.SampleFolder, "ticks", "SOL-USD.1m.csv.gz");
        Assert.Equal(ExitCode.Success, Execute("300", file));
        using StringWriter watched = new() { NewLine = "\n" };
        using StringWriter terminal = new();
        CandlesCommand command = new(watched, terminal, isTerminal: true);
        Assert.Equal(ExitCode.Success, command.Execute(new CandlesOptions([file], "300")));
        Assert.Equal(_output.ToString(), watched.ToString());
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public void The_options_arrive()
    {
        CandlesOptions? seen = null;
        LlpCommandLine commandLine = new(_ => 7, _ => 8, _ => 9, CandlesCommandLine.Build(options =>
        {
            seen = options;
            return 4;
        }));
        Assert.Equal(4, commandLine.Invoke(["candles", "--ticks", "a", "b", "--interval", "60"], _output, _error));
        Assert.Equal(["a", "b"], seen!.Ticks);
        Assert.Equal("60", seen.Interval);
        Assert.Equal(ExitCode.BadInput, commandLine.Invoke(["candles", "--ticks", "a"], _output, _error));
        Assert.Equal("llp: Option '--interval' is required; see llp candles --help\n", _error.ToString());
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    /// <summary>The candles of a file of bars, from its decimals.</summary>
    private static IEnumerable<(string Time, decimal[] Numbers)> AddUp(string file, int seconds)
    {
        using StreamReader text = new(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        string[] rows = text.ReadToEnd().TrimEnd('\n').Split('\n')[1..];
        return [.. rows.Select(Numbers)
            .GroupBy(row => Seconds(row.Time) / seconds * seconds)
            .Select(group => (
                Text(group.Key),
                (decimal[])
                [
                    group.First().Numbers[0], group.Max(row => row.Numbers[1]), group.Min(row => row.Numbers[2]),
                    group.Last().Numbers[3], group.Sum(row => row.Numbers[4]),
                ]))];
    }

    private static (string Time, decimal[] Numbers) Numbers(string row)
    {
        string[] cells = row.Split(',');
        return (cells[0], [.. cells[1..].Select(cell => decimal.Parse(cell, CultureInfo.InvariantCulture))]);
    }

    private static string Text(long seconds) => DateTime.UnixEpoch.AddSeconds(seconds).ToString(
        "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static long Seconds(string time) =>
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeSeconds();

    private int Execute(string interval, params string[] ticks) =>
        new CandlesCommand(_output, _error, isTerminal: false).Execute(new CandlesOptions(ticks, interval));

    private string WriteFile(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
