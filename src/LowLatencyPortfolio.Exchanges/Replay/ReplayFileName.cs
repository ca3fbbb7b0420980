using System.Globalization;

namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>What a file's name says: <c>BTC-USD.1m.2017-12-17.csv.gz</c> is of product BTC-USD, in bars of a
/// minute.</summary>
internal static class ReplayFileName
{
    private const long NsPerSecond = 1_000_000_000;

    /// <summary>The name up to the first dot.</summary>
    public static string ProductOf(string path)
    {
        string name = Path.GetFileName(path);
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? name : name[..dot];
    }

    /// <summary>The first part between dots that is a number and s, m, h or d; 0 without one.</summary>
    public static long IntervalNsOf(string path)
    {
        foreach (string part in Path.GetFileName(path).Split('.').Skip(1))
        {
            long unit = part.Length < 2 ? 0 : UnitNs(part[^1]);
            if (unit != 0 && int.TryParse(part[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
                && count is > 0 and <= 10_000)
            {
                return count * unit;
            }
        }

        return 0;
    }

    /// <summary>A bar length as a name would have it: <c>5m</c>.</summary>
    public static string Describe(long intervalNs)
    {
        foreach (char unit in "dhms")
        {
            if (intervalNs % UnitNs(unit) == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{intervalNs / UnitNs(unit)}{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{intervalNs} ns");
    }

    public static bool IsData(string path) =>
        path.EndsWith(".csv", StringComparison.Ordinal) || path.EndsWith(".csv.gz", StringComparison.Ordinal);

    private static long UnitNs(char unit) => unit switch
    {
        's' => NsPerSecond,
        'm' => 60 * NsPerSecond,
        'h' => 3_600 * NsPerSecond,
        'd' => 86_400 * NsPerSecond,
        _ => 0,
    };
}
