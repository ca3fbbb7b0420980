using LowLatencyPortfolio.Exchanges.Replay;

namespace LowLatencyPortfolio.Exchanges.Tests.Replay;

/// <summary>Rows that never leave the feed, each among 150 good ones before and after it.</summary>
public sealed class BadRowTests
{
    private const int GoodRows = 150;

    [Theory]
    [InlineData("2024-01-01T00:30:00Z,1,1", "3 columns, the header has 6")]
    [InlineData("2024-01-01T00:30:00Z,1,1,1,1,1,1", "7 columns, the header has 6")]
    [InlineData(
        "2024-01-01T00:30:00,1,1,1,1,1", "time \"2024-01-01T00:30:00\" is not UTC such as 2023-12-11T02:10:00Z")]
    [InlineData(
        "2024-01-01 00:30:00Z,1,1,1,1,1", "time \"2024-01-01 00:30:00Z\" is not UTC such as 2023-12-11T02:10:00Z")]
    [InlineData(",1,1,1,1,1", "time \"\" is not UTC such as 2023-12-11T02:10:00Z")]
    [InlineData(
        "2024-01-01T00:30:00Z,NaN,1,1,1,1",
        "open \"NaN\" contains a character that is neither a digit nor a decimal point")]
    [InlineData("2024-01-01T00:30:00Z,1,1e5,1,1,1", "high \"1e5\" has an exponent; write all digits")]
    [InlineData("2024-01-01T00:30:00Z,1,1,-1,1,1", "low \"-1\" has a sign; it must be a plain number of at least 0")]
    [InlineData("2024-01-01T00:30:00Z,1,1,1,,1", "close \"\" is empty")]
    [InlineData("2024-01-01T00:30:00Z,1,1,1,1,1 ", "volume \"1 \" contains a blank")]
    [InlineData("2024-01-01T00:30:00Z,1,1,1,1,1.123456789", "volume \"1.123456789\" has more decimals than its unit")]
    [InlineData(
        "2024-01-01T00:30:00Z,1,99999999999999999999,1,1,1",
        "high \"99999999999999999999\" is too large for 64 bits of its unit")]
    [InlineData("2024-01-01T00:30:00Z,0,1,1,1,1", "open 0 must be above 0")]
    [InlineData("2024-01-01T00:30:00Z,1,1,0.000,1,1", "low 0.000 must be above 0")]
    [InlineData("2024-01-01T00:30:00Z,1,1,1.5,1,1", "low is above high")]
    [InlineData("2024-01-01T00:28:00Z,1,1,1,1,1", "time goes back")]
    [InlineData("2024-01-01T00:29:30Z,1,1,1,1,1", "starts before the bar before it ends")]
    [InlineData(
        "\"2024-01-01T00:30:00Z\",1,1,1,1,1",
        "time \"\"2024-01-01T00:30:00Z\"\" is not UTC such as 2023-12-11T02:10:00Z")]
    [InlineData(
        "2024-01-01T00:30:00Z,\u0000\u00ff,1,1,1,1",
        "open \"???\" contains a character that is neither a digit nor a decimal point")]
    public void A_bad_bar_is_left_out_and_reported(string row, string reason) => AssertReported(
        "A-USD.1m.csv",
        DataFolder.Bars,
        row,
        reason,
        minute => FormattableString.Invariant($"2024-01-01T{minute / 60:00}:{minute % 60:00}:00Z,1,1,1,1,1"),
        good: 4 * GoodRows);

    [Theory]
    [InlineData("2024-01-01T00:30:00Z,1,0,1", "size 0 must be above 0")]
    [InlineData("2024-01-01T00:30:00Z,0,1,1", "price 0 must be above 0")]
    [InlineData("2024-01-01T00:30:00Z,1,-1,1", "size \"-1\" has a sign; it must be a plain number of at least 0")]
    [InlineData("2024-01-01T00:28:59.999999999Z,1,1,1", "time goes back")]
    [InlineData("2024-01-01T00:30:00Z,1,1,a7", "trade_id \"a7\" is not a whole number")]
    [InlineData("2024-01-01T00:30:00Z,1,1,1.5", "trade_id \"1.5\" is not a whole number")]
    [InlineData(
        "2024-01-01T00:30:00Z,1,1,9223372036854775808", "trade_id \"9223372036854775808\" is not a whole number")]
    public void A_bad_trade_is_left_out_and_reported(string row, string reason) => AssertReported(
        "A-USD.csv",
        DataFolder.Ticks + ",trade_id",
        row,
        reason,
        minute => FormattableString.Invariant($"2024-01-01T{minute / 60:00}:{minute % 60:00}:00Z,1,1,{minute}"),
        good: GoodRows);

    [Fact]
    public void All_bad_rows_are_counted_and_the_first_20_kept()
    {
        IEnumerable<string> rows = Enumerable.Range(0, 3_000)
            .Select(i => i % 110 == 7 ? "x" : "2024-01-01T00:00:00Z,1,1");
        using DataFolder data = new DataFolder().Add("A-USD.csv", [DataFolder.Ticks, .. rows]);
        using ReplayFeed feed = data.Open("A-USD");
        Assert.Equal(2_972, DataFolder.All(feed).Count);
        Assert.Equal(28, feed.BadRowCount);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (long)((110 * i) + 9)), feed.BadRows.Select(row => row.Line));
    }

    private static void AssertReported(
        string name, string header, string row, string reason, Func<int, string> goodRow, int good)
    {
        string[] rows = [.. Enumerable.Range(0, GoodRows).Select(goodRow)];
        using DataFolder data = new DataFolder().Add(name, [header, .. rows[..30], row, .. rows[30..]]);
        using ReplayFeed feed = data.Open("A-USD");
        Assert.Equal(good, DataFolder.All(feed).Count);
        Assert.Equal([new BadRow(data.PathOf(name), 32, reason)], feed.BadRows);
    }
}
