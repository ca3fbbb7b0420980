using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine.Replay;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Host.Entries;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Tests.Entries;

public sealed class ScriptedEntriesTests
{
    private const string File = "e.csv";
    private const string Heading = "time,product_id,price,qty,order_type\n";

    private static readonly PairSetup[] Pairs = PairSetup.Arrange(
    [
        (new ProductSpec("BTC-USD", 0.01m, 0.00000001m), new PairConfig { ProductId = "BTC-USD" }),
        (new ProductSpec("ETH-USD", 0.01m, 0.00000001m), new PairConfig { ProductId = "ETH-USD" }),
    ]);

    [Fact]
    public void Entries_keep_their_order_and_every_digit()
    {
        IReadOnlyList<ScriptedCommand> entries = Read(
            Heading
            + "2023-12-08T00:05:00Z,BTC-USD,43796.75,0.09133097,limit\n"
            + "2023-12-08T00:05:00Z,ETH-USD,2381.06,,\n"
            + "\n"
            + "2023-12-08T00:05:01.5Z,BTC-USD,,1,market\r\n");
        const long first = 1_701_993_900_000_000_000L;
        Assert.Equal(
            [
                new ScriptedCommand(first, 0, OrderType.Limit, 4_379_675_000_000, 9_133_097),
                new ScriptedCommand(first, 1, OrderType.Limit, 238_106_000_000, 0),
                new ScriptedCommand(first + 1_500_000_000L, 0, OrderType.Market, 0, 100_000_000),
            ],
            entries);
    }

    [Fact]
    public void The_order_type_may_be_left_out_and_columns_may_stand_in_any_order()
    {
        ScriptedCommand entry = Assert.Single(Read("qty,price,product_id,time\n2,100.5,BTC-USD,2023-12-08T00:05:00Z"));
        Assert.Equal((10_050_000_000, 200_000_000, OrderType.Limit), (entry.Price, entry.Quantity, entry.Type));
    }

    [Fact]
    public void A_heading_alone_is_no_entries() => Assert.Empty(Read(Heading));

    [Theory]
    [InlineData(
        "2023-12-08 00:05,BTC-USD,1,,",
        "time is \"2023-12-08 00:05\"; allowed: ISO 8601 in UTC, such as 2023-12-08T00:05:00Z")]
    [InlineData(
        "2023-12-08T00:05:00Z,BTC-USDT,1,,", "product_id \"BTC-USDT\" has no ticks in this run; did you mean BTC-USD?")]
    [InlineData(
        "2023-12-08T00:05:00Z,XYZ-EUR,1,,", "product_id \"XYZ-EUR\" has no ticks in this run; known: BTC-USD, ETH-USD")]
    [InlineData("2023-12-08T00:05:00Z,BTC-USD,,,", "price is empty; a limit order needs one, a market order none")]
    [InlineData(
        "2023-12-08T00:05:00Z,BTC-USD,1e5,,", "price is \"1e5\"; allowed: a number without exponent, such as 0.00001")]
    [InlineData("2023-12-08T00:05:00Z,BTC-USD,-1,,", "price is \"-1\"; allowed: a number above 0")]
    [InlineData("2023-12-08T00:05:00Z,BTC-USD,0,,", "price is \"0\"; allowed: a number above 0")]
    [InlineData("2023-12-08T00:05:00Z,BTC-USD, 1,,", "price is \" 1\"; allowed: a decimal number, such as 0.05")]
    [InlineData("2023-12-08T00:05:00Z,BTC-USD,NaN,,", "price is \"NaN\"; allowed: a decimal number, such as 0.05")]
    [InlineData(
        "2023-12-08T00:05:00Z,BTC-USD,0.000000001,,",
        "price is 0.000000001; allowed: a number of at most 8 decimals, up to 92233720368")]
    [InlineData(
        "2023-12-08T00:05:00Z,BTC-USD,100000000000,,",
        "price is 100000000000; allowed: a number of at most 8 decimals, up to 92233720368")]
    [InlineData("2023-12-08T00:05:00Z,BTC-USD,1,0,", "qty is \"0\"; allowed: a number above 0")]
    [InlineData("2023-12-08T00:05:00Z,BTC-USD,1,all,", "qty is \"all\"; allowed: a decimal number, such as 0.05")]
    [InlineData(
        "2023-12-08T00:05:00Z,BTC-USD,1,0.000000001,",
        "qty is 0.000000001; allowed: a number of at most 8 decimals, up to 92233720368")]
    [InlineData(
        "2023-12-08T00:05:00Z,BTC-USD,1,,stop", "order_type is \"stop\"; allowed: limit, market, or nothing for limit")]
    [InlineData("2023-12-08T00:05:00Z,BTC-USD,1,,market", "price is \"1\"; allowed: nothing, for a market order")]
    [InlineData("2023-12-08T00:05:00Z,BTC-USD,1", "has 3 values; the heading has 5 columns")]
    [InlineData("2023-12-08T00:05:00Z,BTC-USD,\"1,5\",,", "has 6 values; the heading has 5 columns")]
    public void A_fault_is_one_line_with_file_and_line(string row, string expected)
    {
        FaultLines faults = new();
        Assert.Empty(ScriptedEntries.Parse(File, Heading + row, Pairs, faults));
        Assert.Equal($"e.csv:2: {expected}", Assert.Single(faults.Lines));
    }

    [Theory]
    [InlineData("", "the heading is missing; it must be time,product_id,price,qty[,order_type]", 1)]
    [InlineData(
        "time,product_id,price", "column qty is missing; the heading must be time,product_id,price,qty[,order_type]",
        1)]
    [InlineData("time,product,price,qty", "column product_id is missing (found \"product\"); *", 2)]
    [InlineData("time,product_id,price,qty,size", "column \"size\" is unknown; *", 1)]
    [InlineData("time,product_id,price,qty,qty", "column \"qty\" stands twice", 1)]
    [InlineData("2023-12-08T00:05:00Z,BTC-USD,1,1", "the heading is missing; *", 1)]
    [InlineData("time;product_id;price;qty", "the heading is missing; *", 1)]
    public void A_wrong_heading_is_told_and_the_rows_are_not_read(string heading, string first, int count)
    {
        FaultLines faults = new();
        Assert.Empty(ScriptedEntries.Parse(File, heading + "\nrubbish", Pairs, faults));
        Assert.StartsWith($"e.csv:1: {first.TrimEnd('*')}", faults.Lines[0], StringComparison.Ordinal);
        Assert.Equal(count, faults.Lines.Count);
    }

    [Fact]
    public void All_faults_of_a_file_are_told_at_once()
    {
        FaultLines faults = new();
        IReadOnlyList<ScriptedCommand> entries = ScriptedEntries.Parse(
            File,
            Heading
            + "2023-12-08T00:05:00Z,BTC-USD,1,1,\n"
            + "2023-12-08T00:04:59Z,BTC-USD,x,y,z\n"
            + "2023-12-08T00:05:00Z,BTC,1,1,\n",
            Pairs,
            faults);
        Assert.Single(entries);
        Assert.Equal(
            [
                "e.csv:3: time 2023-12-08T00:04:59Z is before the line above; entries must stand in ascending time",
                "e.csv:3: order_type is \"z\"; allowed: limit, market, or nothing for limit",
                "e.csv:3: price is \"x\"; allowed: a decimal number, such as 0.05",
                "e.csv:3: qty is \"y\"; allowed: a decimal number, such as 0.05",
                "e.csv:4: product_id \"BTC\" has no ticks in this run; known: BTC-USD, ETH-USD",
            ],
            faults.Lines);
    }

    [Fact]
    public void A_huge_line_is_one_short_fault()
    {
        FaultLines faults = new();
        ScriptedEntries.Parse(File, Heading + new string('9', 10_000_000), Pairs, faults);
        Assert.True(Assert.Single(faults.Lines).Length < 120);
    }

    [Fact]
    public void A_file_that_is_not_there_is_one_line()
    {
        FaultLines faults = new();
        Assert.Empty(ScriptedEntries.Load("none.csv", Pairs, faults));
        Assert.Equal("none.csv: file not found", Assert.Single(faults.Lines));
    }

    private static IReadOnlyList<ScriptedCommand> Read(string text)
    {
        FaultLines faults = new();
        IReadOnlyList<ScriptedCommand> entries = ScriptedEntries.Parse(File, text, Pairs, faults);
        Assert.Empty(faults.Lines);
        return entries;
    }
}
