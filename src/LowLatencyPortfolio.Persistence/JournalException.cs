namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// The database cannot be opened, resumed or written; the message is one line for a person: what is wrong and what to
/// do.
/// </summary>
public sealed class JournalException : Exception
{
    /// <summary>Says that the journal failed, without a cause.</summary>
    public JournalException()
        : this("the journal failed")
    {
    }

    /// <summary>Says what is wrong and what to do.</summary>
    /// <param name="message">One line.</param>
    public JournalException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong and what to do, with the cause for a log.</summary>
    /// <param name="message">One line.</param>
    /// <param name="innerException">The cause.</param>
    public JournalException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
