using System.Text;
using LowLatencyPortfolio.Exchanges.Replay;

namespace LowLatencyPortfolio.Exchanges.Tests.Replay;

/// <summary>Files that stop a run before it trades, each with its one line.</summary>
public sealed class BadFileTests
{
    private const string BothHeaders = "time,price,size (trades) nor time,open,high,low,close,volume (bars)";
    private const string GoodRow = "2024-01-01T00:00:00Z,1,1,1,1,1\n";

    // By what is wrong: a test's arguments are written down when it is found, and some of these files have 10 MB.
    private static readonly Dictionary<string, (string Name, Func<byte[]> Bytes, string Fault)> s_files = new()
    {
        { "empty", ("A-USD.csv", () => [], "A-USD.csv: is empty") },
        { "empty gzip", ("A-USD.csv.gz", () => DataFolder.Gzip([]), "A-USD.csv.gz: is empty") },
        { "header only", ("A-USD.csv", () => Text("time,price,size\n"), "A-USD.csv: has a header and no rows") },
        {
            "foreign header", ("A-USD.csv", () => Text("time,bid_open,bid_high\n1,2,3\n"),
            "A-USD.csv: line 1: header \"time,bid_open,bid_high\" is neither " + BothHeaders)
        },
        {
            "bars without volume", ("A-USD.csv", () => Text("time,open,high,low,close\n"),
            "A-USD.csv: line 1: header \"time,open,high,low,close\" is neither " + BothHeaders)
        },
        {
            "no header", ("A-USD.1m.csv", () => Text(GoodRow),
            "A-USD.1m.csv: line 1: header \"2024-01-01T00:00:00Z,1,1,1,1,1\" is neither " + BothHeaders)
        },
        {
            "binary garbage", ("A-USD.csv", () => [.. Enumerable.Range(0, 60).Select(i => (byte)(i * 37))],
            "A-USD.csv: line 1: header \"?%Jo????(Mr????+Pu????.Sx????1V{????4Y~?...\" is neither " + BothHeaders)
        },
        {
            "10 MB line", ("A-USD.1m.csv",
            () => Text("time,open,high,low,close,volume\n" + GoodRow + new string('7', 10_000_000) + "\n"),
            "A-USD.1m.csv: line 3: longer than 65536 bytes")
        },
        {
            "10 MB without a line end", ("A-USD.csv.gz", () => DataFolder.Gzip(new byte[10_000_000]),
            "A-USD.csv.gz: line 1: longer than 65536 bytes")
        },
        {
            "one bar without a name for its length", ("A-USD.csv",
            () => Text("time,open,high,low,close,volume\n" + GoodRow),
            "A-USD.csv: the length of its bars is neither in its name (such as A-USD.1m.csv) nor told by two good rows")
        },
        {
            "no product", ("prices.csv", () => Text("time,price,size\n"),
            "prices.csv: the file name up to the first dot is no product: "
                + "productId \"prices\" must be BASE-QUOTE, letters and digits, such as BTC-USD")
        },
        {
            "every row bad", ("A-USD.1m.csv", () => Text("time,open,high,low,close,volume\nx,1,1,1,1,1\n"),
            "A-USD.1m.csv: every row is bad, 1 of them; the first: line 2: "
                + "time \"x\" is not UTC such as 2023-12-11T02:10:00Z")
        },
        {
            "more than 1 % bad", ("A-USD.csv",
            () => Text("time,price,size\n" + string.Concat(Enumerable.Repeat("2024-01-01T00:00:00Z,1,1\n", 197))
                + "a\nb\nc\n"),
            "A-USD.csv: 3 of 200 rows are bad, more than 1 %; the first: line 199: 1 columns, the header has 3")
        },
        {
            "name says 5m, rows are minutes apart", ("A-USD.5m.csv",
            () => Text("time,open,high,low,close,volume\n" + GoodRow + "2024-01-01T00:01:00Z,1,1,1,1,1\n"),
            "A-USD.5m.csv: 1 of 2 rows are bad, more than 1 %; the first: line 3: starts before the bar before it ends")
        },
    };

    public static TheoryData<string> Files => [.. s_files.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_that_cannot_be_played_is_named_with_its_reason_in_one_line(string what)
    {
        (string name, Func<byte[]> bytes, string fault) = s_files[what];
        using DataFolder data = new DataFolder().AddBytes(name, bytes());
        Assert.Equal(fault, data.Fault());
    }

    [Fact]
    public void Exactly_1_percent_of_bad_rows_is_let_pass_and_said()
    {
        using DataFolder data = new DataFolder().AddText(
            "A-USD.csv",
            "time,price,size\n" + string.Concat(Enumerable.Repeat("2024-01-01T00:00:00Z,1,1\n", 99)) + "a\n");
        Assert.Equal(
            [data.PathOf("A-USD.csv")
                + ": 1 of 100 rows are bad and left out; the first: line 101: 1 columns, the header has 3"],
            data.Scan().Notes);
        using ReplayFeed feed = data.Open("A-USD");
        Assert.Equal(99, DataFolder.All(feed).Count);
        Assert.Equal([new BadRow(data.PathOf("A-USD.csv"), 101, "1 columns, the header has 3")], feed.BadRows);
    }

    [Fact]
    public void A_gzip_file_cut_anywhere_is_a_fault()
    {
        var random = new Random(5);
        var text = new StringBuilder("time,price,size\n");
        for (int i = 0; i < 5_000; i++)
        {
            text.Append("2024-01-01T00:00:00Z,").Append(random.Next(1, 1_000_000)).Append(",1\n");
        }

        byte[] whole = DataFolder.Gzip(Text(text.ToString()));
        for (int i = 0; i < 300; i++)
        {
            int length = i < 20 ? whole.Length - 1 - i : random.Next(20, whole.Length);
            using DataFolder data = new DataFolder().AddBytes("A-USD.csv.gz", whole[..length]);
            string fault = data.Fault();
            Assert.True(
                fault.StartsWith("A-USD.csv.gz: the gzip data is", StringComparison.Ordinal),
                $"seed 5, cut at {length} of {whole.Length}: {fault}");
        }
    }

    [Fact]
    public void A_damaged_gzip_file_is_a_fault()
    {
        byte[] bytes = DataFolder.Gzip(
            Text("time,price,size\n" + string.Concat(Enumerable.Repeat("2024-01-01T00:00:00Z,1,1\n", 1_000))));
        bytes[^6] ^= 0xFF;      // in the checksum
        using DataFolder data = new DataFolder().AddBytes("A-USD.csv.gz", bytes);
        Assert.Equal("A-USD.csv.gz: the gzip data is damaged or truncated, noticed after line 0", data.Fault());
    }

    [Fact]
    public void A_missing_file_an_empty_folder_and_nothing_at_all_are_faults()
    {
        using var data = new DataFolder();
        Assert.Equal("A-USD.csv: no such file", data.Fault(() => ReplayCatalog.Scan([data.PathOf("A-USD.csv")])));
        Assert.Equal(data.Root + ": holds no *.csv and no *.csv.gz file", data.Fault());
        Assert.Equal("no data files were given", data.Fault(() => ReplayCatalog.Scan([])));
    }

    [Fact]
    public void A_file_that_another_keeps_locked_is_a_fault()
    {
        using DataFolder data = new DataFolder().Add("A-USD.csv", DataFolder.Ticks, "2024-01-01T00:00:00Z,1,1");
        using FileStream locked = new(data.PathOf("A-USD.csv"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.StartsWith("A-USD.csv: cannot be read: ", data.Fault(), StringComparison.Ordinal);
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
