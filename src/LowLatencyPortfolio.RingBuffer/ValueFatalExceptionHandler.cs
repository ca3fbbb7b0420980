using System.Diagnostics.CodeAnalysis;

namespace Disruptor;

/// <summary>The default: every exception ends the stage. Prints nothing; the cause is on the ring.</summary>
/// <typeparam name="T">The event.</typeparam>
[SuppressMessage(
    "Usage", "CA2201:Do not raise reserved exception types", Justification = "The type is given by the API.")]
public sealed class ValueFatalExceptionHandler<T> : IValueExceptionHandler<T>
    where T : struct
{
    /// <inheritdoc/>
    /// <exception cref="ApplicationException">Always, around <paramref name="ex"/>.</exception>
    public void HandleEventException(Exception ex, long sequence, ref T evt) =>
        throw new ApplicationException($"A handler failed on the event with sequence {sequence}.", ex);

    /// <inheritdoc/>
    /// <exception cref="ApplicationException">Always, around <paramref name="ex"/>.</exception>
    public void HandleOnTimeoutException(Exception ex, long sequence) =>
        throw new ApplicationException($"A handler failed in OnTimeout after sequence {sequence}.", ex);

    /// <inheritdoc/>
    /// <exception cref="ApplicationException">Always, around <paramref name="ex"/>.</exception>
    public void HandleOnStartException(Exception ex) =>
        throw new ApplicationException("A handler failed in OnStart.", ex);

    /// <inheritdoc/>
    /// <exception cref="ApplicationException">Always, around <paramref name="ex"/>.</exception>
    public void HandleOnShutdownException(Exception ex) =>
        throw new ApplicationException("A handler failed in OnShutdown.", ex);
}
