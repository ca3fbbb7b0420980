using System.Globalization;

namespace LowLatencyPortfolio.ExchangeSim.CommandLine;

/// <summary>Reads lists such as <c>USD=100000,BTC=1</c>.</summary>
/// <param name="option">Named in faults.</param>
/// <param name="faults">Takes one line a fault.</param>
internal sealed class NameValues(string option, ICollection<string> faults)
{
    /// <summary>Reads a list.</summary>
    /// <typeparam name="T">What the values are.</typeparam>
    /// <param name="text">From the command line.</param>
    /// <param name="names">Allowed names; empty for all.</param>
    /// <param name="parse">Reads a value; null when it is bad.</param>
    /// <param name="allowed">What a value may be, for a person.</param>
    /// <returns>The good ones.</returns>
    public Dictionary<string, T> Read<T>(
        string text, IReadOnlyList<string> names, Func<string, T?> parse, string allowed)
        where T : struct
    {
        var values = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] sides = part.Split('=', 2, StringSplitOptions.TrimEntries);
            if (sides.Length != 2 || sides[0].Length == 0 || (names.Count > 0 && !names.Contains(sides[0])))
            {
                string known = names.Count > 0 ? $"; known names: {string.Join(", ", names)}" : string.Empty;
                faults.Add($"{option}: \"{part}\" is not NAME=VALUE{known}");
            }
            else if (parse(sides[1]) is not { } value)
            {
                faults.Add($"{option}: {sides[0]} is \"{sides[1]}\"; allowed: {allowed}");
            }
            else if (!values.TryAdd(sides[0], value))
            {
                faults.Add($"{option}: {sides[0]} stands twice");
            }
        }

        return values;
    }

    /// <summary>An amount of at least 0.</summary>
    /// <param name="text">The value.</param>
    /// <returns>Null when it is none.</returns>
    public static decimal? Amount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount)
            ? amount
            : null;

    /// <summary>A whole number from 0 to a million.</summary>
    /// <param name="text">The value.</param>
    /// <returns>Null when it is none.</returns>
    public static int? Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count <= 1_000_000
            ? count
            : null;

    /// <summary>A time such as <c>5ms</c>, <c>1.5s</c> or <c>250us</c>, in ns; at most an hour.</summary>
    /// <param name="text">The value.</param>
    /// <returns>Null when it is none.</returns>
    public static long? Nanoseconds(string text)
    {
        (string suffix, long unit)[] units = [("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000)];
        foreach ((string suffix, long unit) in units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal) && Amount(text[..^suffix.Length]) is { } amount)
            {
                return amount * unit <= 3_600_000_000_000 ? (long)(amount * unit) : null;
            }
        }

        return text == "0" ? 0 : null;
    }
}
