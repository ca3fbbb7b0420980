namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary>What stands behind <c>llp resume</c>, nothing looked up yet.</summary>
/// <param name="Database">The database of the portfolio.</param>
/// <param name="Config">Configuration it runs with; null takes the defaults with the database's capital.</param>
/// <param name="Rebase">Whether the loss limit is measured from the current equity from now on.</param>
internal sealed record ResumeOptions(string Database, string? Config, bool Rebase);
