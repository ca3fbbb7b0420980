namespace LowLatencyPortfolio.Dashboard.CommandLine;

/// <summary>What every command takes.</summary>
/// <param name="Database">The file to read.</param>
/// <param name="Json">Where the JSON goes: a file, <c>-</c> for standard output, null for nowhere.</param>
internal sealed record DashboardOptions(string Database, string? Json)
{
    /// <summary>Only JSON goes to standard output.</summary>
    public bool JsonOnly => Json == "-";
}
