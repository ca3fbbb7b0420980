namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>A row that is not played.</summary>
/// <param name="File">Path of the file as it was given or found.</param>
/// <param name="Line">Line number, the header being 1.</param>
/// <param name="Reason">What is wrong with it.</param>
public readonly record struct BadRow(string File, long Line, string Reason)
{
    /// <summary>The row as one line for a person.</summary>
    /// <returns>File, line and reason.</returns>
    public override string ToString() => $"{File}: line {Line}: {Reason}";
}
