namespace LowLatencyPortfolio.ExchangeSim.Tests;

public sealed class VenueTimeTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("1970-01-01T00:00:00.000000001Z", 1)]
    [InlineData("1970-01-01T00:00:01.5Z", 1_500_000_000)]
    [InlineData("1970-01-01T01:00:00+01:00", 0)]
    public void Text_is_read_to_the_nanosecond(string text, long expected)
    {
        Assert.True(VenueTime.TryParse(text, out long ns));
        Assert.Equal(expected, ns);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_767_225_600_123_456_789)]
    public void What_is_written_reads_back_the_same(long ns)
    {
        Assert.True(VenueTime.TryParse(VenueTime.ToText(ns), out long back));
        Assert.Equal(ns, back);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2026-01-01")]
    [InlineData("2026-01-01 00:00:00Z")]
    [InlineData("2026-01-01T00:00:00")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-01-01T00:00:00.0000000001Z")]
    [InlineData("2026-01-01T00:00:00Z\n")]
    [InlineData("2262-01-01T00:00:00Z")]
    [InlineData("1969-12-31T23:59:59Z")]
    public void Anything_else_is_refused(string? text) => Assert.False(VenueTime.TryParse(text, out _));
}
