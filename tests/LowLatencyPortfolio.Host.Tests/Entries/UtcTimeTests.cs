using LowLatencyPortfolio.Host.Entries;

namespace LowLatencyPortfolio.Host.Tests.Entries;

public sealed class UtcTimeTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0L)]
    [InlineData("2023-12-08T00:05:00Z", 1_701_993_900_000_000_000L)]
    [InlineData("2023-12-08T00:05:00.5Z", 1_701_993_900_500_000_000L)]
    [InlineData("2023-12-08T00:05:00.123456789Z", 1_701_993_900_123_456_789L)]
    public void A_time_is_read_to_the_nanosecond(string text, long expectedNs)
    {
        Assert.True(UtcTime.TryParse(text, out long timeNs));
        Assert.Equal(expectedNs, timeNs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2023-12-08")]
    [InlineData("2023-12-08T00:05:00")]
    [InlineData("2023-12-08 00:05:00Z")]
    [InlineData("2023-12-08T00:05Z")]
    [InlineData("2023-12-08T00:05:00+00:00")]
    [InlineData("2023-12-08T00:05:00.Z")]
    [InlineData("2023-12-08T00:05:00,5Z")]
    [InlineData("2023-12-08T00:05:00.1234567890Z")]
    [InlineData("2023-12-08T00:05:60Z")]
    [InlineData("2023-02-30T00:05:00Z")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("2262-04-12T00:00:00Z")]
    [InlineData("1701993900")]
    public void Anything_but_ISO_8601_in_UTC_is_refused(string text) => Assert.False(UtcTime.TryParse(text, out _));

    [Fact]
    public void For_people_a_time_is_cut_to_the_minute() =>
        Assert.Equal("2023-12-08 00:05", UtcTime.Minute(1_701_993_959_999_999_999L));
}
