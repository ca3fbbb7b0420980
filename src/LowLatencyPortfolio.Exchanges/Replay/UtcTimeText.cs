namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>Reads times such as <c>2023-12-11T02:10:00.123456789Z</c>: ISO 8601, UTC, with 0 to 9 decimals of a
/// second.</summary>
/// <remarks>
/// Thread: any. Allocation: none. Strict: exactly this form, the <c>Z</c> included, and a real date from 1970-01-01 to
/// 2261-12-31; leap seconds (<c>:60</c>) have no place in Unix time and are refused. Source of the day count: H.
/// Hinnant, "chrono-compatible low-level date algorithms".
/// </remarks>
public static class UtcTimeText
{
    private const int FirstYear = 1970;
    private const int LastYear = 2261;
    private const int WholeSecondsLength = 19;
    private const int MaxDecimals = 9;
    private const long NsPerSecond = 1_000_000_000;

    /// <summary>Reads a time.</summary>
    /// <param name="text">ASCII text, nothing before or after the time.</param>
    /// <param name="timeNs">Ns since the Unix epoch, UTC, when true; exact.</param>
    /// <returns>False for every other form.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out long timeNs)
    {
        timeNs = 0;
        if (text.Length <= WholeSecondsLength || text[^1] != 'Z'
            || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        // One flag for all digits: a byte that is none makes it negative or above 9 somewhere, which is remembered.
        bool plain = true;
        int year = (Two(text, 0, ref plain) * 100) + Two(text, 2, ref plain);
        int month = Two(text, 5, ref plain);
        int day = Two(text, 8, ref plain);
        int hour = Two(text, 11, ref plain);
        int minute = Two(text, 14, ref plain);
        int second = Two(text, 17, ref plain);
        if (!plain || year is < FirstYear or > LastYear || month is < 1 or > 12
            || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        if (!TryDecimals(text[WholeSecondsLength..^1], out int ns))
        {
            return false;
        }

        long seconds = (((((DaysSinceEpoch(year, month, day) * 24) + hour) * 60) + minute) * 60) + second;
        timeNs = (seconds * NsPerSecond) + ns;
        return true;
    }

    private static int Two(ReadOnlySpan<byte> text, int at, ref bool plain)
    {
        uint tens = (uint)text[at] - '0';
        uint ones = (uint)text[at + 1] - '0';
        plain &= tens <= 9 && ones <= 9;
        return (int)((tens * 10) + ones);
    }

    private static bool TryDecimals(ReadOnlySpan<byte> text, out int ns)
    {
        ns = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text[0] != '.' || text.Length < 2 || text.Length > MaxDecimals + 1)
        {
            return false;
        }

        for (int i = 1; i <= MaxDecimals; i++)
        {
            uint digit = i < text.Length ? (uint)text[i] - '0' : 0;
            if (digit > 9)
            {
                return false;
            }

            ns = (ns * 10) + (int)digit;
        }

        return true;
    }

    private static long DaysSinceEpoch(int year, int month, int day)
    {
        int y = month <= 2 ? year - 1 : year;           // the year begins in March, so that the leap day is its last
        int era = y / 400;
        int yearOfEra = y - (era * 400);
        int dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        int dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return ((long)era * 146_097) + dayOfEra - 719_468;
    }
}
