namespace LowLatencyPortfolio.Engine;

/// <summary>
/// The database and the venue contradict each other, or the venue could not be asked; the message is one line for a
/// person. Nothing was changed, at the venue or in the database.
/// </summary>
public sealed class ReconcileException : Exception
{
    /// <summary>Says that it failed, without a cause.</summary>
    public ReconcileException()
        : this("the database and the venue could not be compared")
    {
    }

    /// <summary>Says what is wrong and what to do.</summary>
    /// <param name="message">One line.</param>
    public ReconcileException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong and what to do, and where it came from.</summary>
    /// <param name="message">One line.</param>
    /// <param name="innerException">The cause.</param>
    public ReconcileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
