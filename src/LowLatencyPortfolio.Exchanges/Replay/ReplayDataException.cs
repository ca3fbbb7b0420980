namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>Recorded data that cannot be played. The message is one line: file, line where there is one, and
/// reason.</summary>
public sealed class ReplayDataException : Exception
{
    /// <summary>A fault without a description of its own.</summary>
    public ReplayDataException()
        : this("the data cannot be played")
    {
    }

    /// <summary>A fault found by looking at the data.</summary>
    /// <param name="message">One line: file, line where there is one, and reason.</param>
    public ReplayDataException(string message)
        : base(message)
    {
    }

    /// <summary>A fault reported by the operating system or the decompression.</summary>
    /// <param name="message">One line: file, line where there is one, and reason.</param>
    /// <param name="innerException">What was reported.</param>
    public ReplayDataException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
