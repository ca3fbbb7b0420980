namespace LowLatencyPortfolio.Host.CommandLine;

/// <summary>What goes to standard error: one line a fault, after the program's name.</summary>
internal static class Lines
{
    /// <summary>Writes the lines.</summary>
    /// <param name="error">Standard error.</param>
    /// <param name="lines">Line feeds inside become spaces.</param>
    /// <param name="exitCode">What the command returns then.</param>
    /// <param name="program">Who says so.</param>
    /// <returns><paramref name="exitCode"/>.</returns>
    public static int Refuse(TextWriter error, IEnumerable<string> lines, int exitCode, string program = "llp")
    {
        foreach (string line in lines)
        {
            error.WriteLine($"{program}: {line.ReplaceLineEndings(" ")}");
        }

        return exitCode;
    }
}
