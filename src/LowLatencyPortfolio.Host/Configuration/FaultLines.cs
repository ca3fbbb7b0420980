namespace LowLatencyPortfolio.Host.Configuration;

/// <summary>The faults found in input files, one line each, in the order they were found.</summary>
/// <remarks>
/// Thread: one. All faults are gathered before anything starts, so that one run of the program shows them all.
/// </remarks>
internal sealed class FaultLines
{
    private const int LongestShownValue = 40;
    private readonly List<string> _lines = [];

    /// <summary>Every fault so far; the program ends with exit code 2 unless this is empty.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Whether nothing was found.</summary>
    public bool AreEmpty => _lines.Count == 0;

    /// <summary>Notes a fault of a place in a file.</summary>
    /// <param name="place">File, or file and line: <c>config.json</c>, <c>entries.csv:7</c>.</param>
    /// <param name="text">What is wrong and what is allowed, in one line.</param>
    public void Add(string place, string text) => _lines.Add($"{OneLine(place)}: {OneLine(text)}");

    /// <summary>A value as a fault shows it: one line, at most 40 characters of it.</summary>
    /// <param name="value">Text from the file.</param>
    /// <returns>The text, with control characters as spaces, and … where it was cut.</returns>
    public static string Shown(string value) =>
        OneLine(value.Length <= LongestShownValue ? value : string.Concat(value.AsSpan(0, LongestShownValue), "…"));

    private static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
}
