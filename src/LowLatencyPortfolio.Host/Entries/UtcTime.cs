using System.Globalization;

namespace LowLatencyPortfolio.Host.Entries;

/// <summary>Event time as text: ISO 8601, UTC, to the nanosecond.</summary>
internal static class UtcTime
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const string SecondsFormat = "yyyy-MM-dd'T'HH:mm:ss";
    private const int SecondsLength = 19;

    /// <summary>Reads <c>2023-12-08T00:05:00Z</c>, with up to nine decimals of a second.</summary>
    /// <param name="text">The text; the Z is required, other offsets are not taken.</param>
    /// <param name="timeNs">ns since the Unix epoch, UTC; 0 when false.</param>
    /// <returns>False when the text is anything else, or a time outside 1970 to 2262.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out long timeNs)
    {
        timeNs = 0;
        if (text.Length <= SecondsLength
            || text[^1] != 'Z'
            || !TryParseSeconds(text[..SecondsLength], out DateTime t))
        {
            return false;
        }

        ReadOnlySpan<char> fraction = text[SecondsLength..^1];
        if (!fraction.IsEmpty
            && (fraction[0] != '.' || fraction.Length is 1 or > 10 || fraction[1..].ContainsAnyExceptInRange('0', '9')))
        {
            return false;
        }

        long seconds = (t.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        if (seconds is < 0 or >= long.MaxValue / NanosecondsPerSecond)
        {
            return false;
        }

        long nanoseconds = fraction.IsEmpty
            ? 0
            : long.Parse(fraction[1..].ToString().PadRight(9, '0'), NumberStyles.None, CultureInfo.InvariantCulture);
        timeNs = (seconds * NanosecondsPerSecond) + nanoseconds;
        return true;
    }

    /// <summary>A time for people: date and minute, UTC, rounded down.</summary>
    /// <param name="timeNs">ns since the Unix epoch, UTC.</param>
    /// <returns>Such as <c>2023-12-08 00:05</c>.</returns>
    public static string Minute(long timeNs) =>
        DateTime.UnixEpoch.AddTicks(timeNs / 100).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A time to the second, as data files have it.</summary>
    /// <param name="timeNs">ns since the Unix epoch, UTC; rounded down.</param>
    /// <returns>Such as <c>2023-12-08T00:05:00Z</c>.</returns>
    public static string Second(long timeNs) =>
        DateTime.UnixEpoch.AddTicks(timeNs / 100).ToString($"{SecondsFormat}'Z'", CultureInfo.InvariantCulture);

    private static bool TryParseSeconds(ReadOnlySpan<char> text, out DateTime time) =>
        DateTime.TryParseExact(text, SecondsFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
