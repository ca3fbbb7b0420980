namespace LowLatencyPortfolio.Engine;

/// <summary>
/// The engine does not take anything, because it has not been started, is stopping, or has ended; the cause of a fault
/// is inside.
/// </summary>
public sealed class EngineStoppedException : InvalidOperationException
{
    /// <summary>Says that the engine is not running.</summary>
    public EngineStoppedException()
        : this("the engine is not running")
    {
    }

    /// <summary>Says why the engine is not running.</summary>
    /// <param name="message">One line.</param>
    public EngineStoppedException(string message)
        : base(message)
    {
    }

    /// <summary>Says why the engine is not running, with the fault that ended it.</summary>
    /// <param name="message">One line.</param>
    /// <param name="innerException">The fault.</param>
    public EngineStoppedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
