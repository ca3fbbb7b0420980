using System.Globalization;
using System.Text.RegularExpressions;

namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>Nanoseconds since the Unix epoch and the forms in which the wire carries them.</summary>
public static partial class VenueTime
{
    public const long SecondNs = 1_000_000_000;

    public static long ToNs(DateTime utc) => (utc.ToUniversalTime().Ticks - DateTime.UnixEpoch.Ticks) * 100;

    public static DateTime ToUtc(long ns) => DateTime.UnixEpoch.AddTicks(ns / 100);

    /// <summary>RFC 3339 with nine decimals and a Z, as the venue stamps messages.</summary>
    public static string ToText(long ns) =>
        ToUtc(ns).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture)
        + (ns % 100).ToString("00", CultureInfo.InvariantCulture) + "Z";

    /// <summary>
    /// RFC 3339 with up to nine decimals and an offset or Z, exact to the ns, of the years 1970 to 2261; false for
    /// anything else.
    /// </summary>
    public static bool TryParse(string? text, out long ns)
    {
        ns = 0;
        var match = Rfc3339().Match(text ?? "");
        if (!match.Success || !DateTimeOffset.TryParseExact(match.Groups["second"].Value + match.Groups["zone"].Value,
            "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var second))
            return false;
        if (second.UtcDateTime.Year is < 1970 or > 2261)
            return false;
        string fraction = match.Groups["fraction"].Value.PadRight(9, '0');
        ns = ToNs(second.UtcDateTime) + long.Parse(fraction, CultureInfo.InvariantCulture);
        return true;
    }

    [GeneratedRegex(
        @"^(?<second>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})"
        + @"(\.(?<fraction>[0-9]{1,9}))?(?<zone>Z|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Rfc3339();
}
