using System.Globalization;
using System.Text;
using LowLatencyPortfolio.Exchanges.Replay;

namespace LowLatencyPortfolio.Exchanges.Tests.Replay;

public sealed class UtcTimeTextTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0L)]
    [InlineData("2024-01-01T00:00:00Z", 1_704_067_200_000_000_000L)]
    [InlineData("2024-02-29T23:59:59Z", 1_709_251_199_000_000_000L)]
    [InlineData("2000-02-29T00:00:00.5Z", 951_782_400_500_000_000L)]
    [InlineData("2024-08-08T23:54:14.087896568Z", 1_723_161_254_087_896_568L)]
    [InlineData("2024-01-01T00:00:00.000000001Z", 1_704_067_200_000_000_001L)]
    [InlineData("2261-12-31T23:59:59.999999999Z", 9_214_646_399_999_999_999L)]
    public void A_time_is_read_exactly(string text, long expected)
    {
        Assert.True(UtcTimeText.TryParse(Encoding.ASCII.GetBytes(text), out long timeNs));
        Assert.Equal(expected, timeNs);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Z")]
    [InlineData("2024-01-01")]
    [InlineData("2024-01-01T00:00:00")]
    [InlineData("2024-01-01T00:00:00+00:00")]
    [InlineData("2024-01-01t00:00:00Z")]
    [InlineData("2024-01-01T00:00:00z")]
    [InlineData("2024-01-01T00:00:00.Z")]
    [InlineData("2024-01-01T00:00:00.1234567890Z")]
    [InlineData("2024-01-01T00:00:00,5Z")]
    [InlineData("2024-01-01T00:00:00.5 Z")]
    [InlineData(" 2024-01-01T00:00:00Z")]
    [InlineData("2023-02-29T00:00:00Z")]
    [InlineData("2100-02-29T00:00:00Z")]
    [InlineData("2024-04-31T00:00:00Z")]
    [InlineData("2024-00-01T00:00:00Z")]
    [InlineData("2024-13-01T00:00:00Z")]
    [InlineData("2024-01-00T00:00:00Z")]
    [InlineData("2024-01-01T24:00:00Z")]
    [InlineData("2024-01-01T00:60:00Z")]
    [InlineData("2016-12-31T23:59:60Z")]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("2262-01-01T00:00:00Z")]
    [InlineData("20x4-01-01T00:00:00Z")]
    [InlineData("-024-01-01T00:00:00Z")]
    [InlineData("2024/01/01T00:00:00Z")]
    public void Every_other_form_is_refused(string text)
    {
        Assert.False(UtcTimeText.TryParse(Encoding.ASCII.GetBytes(text), out long timeNs));
        Assert.Equal(0, timeNs);
    }

    [Fact]
    public void Random_times_agree_with_the_framework()
    {
        const int Seed = 11;
        var random = new Random(Seed);
        for (int i = 0; i < 50_000; i++)
        {
            DateTime time = DateTime.UnixEpoch.AddTicks(random.NextInt64(0, TimeSpan.FromDays(106_000).Ticks));
            string text = time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
            Assert.True(UtcTimeText.TryParse(Encoding.ASCII.GetBytes(text), out long timeNs), $"seed {Seed}: {text}");
            Assert.True((time - DateTime.UnixEpoch).Ticks * 100 == timeNs, $"seed {Seed}: {text} read as {timeNs}");
        }
    }
}
