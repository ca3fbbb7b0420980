namespace Disruptor.Dsl;

/// <summary>Passes on to an exception handler that can be changed after the processors are made.</summary>
/// <typeparam name="T">The event.</typeparam>
public sealed class ValueExceptionHandlerWrapper<T> : IValueExceptionHandler<T>
    where T : struct
{
    private volatile IValueExceptionHandler<T> _current = new ValueFatalExceptionHandler<T>();

    /// <summary>Changes who decides, also for handlers that are already there.</summary>
    /// <param name="exceptionHandler">Used from the next exception on.</param>
    public void SwitchTo(IValueExceptionHandler<T> exceptionHandler)
    {
        ArgumentNullException.ThrowIfNull(exceptionHandler);
        _current = exceptionHandler;
    }

    /// <inheritdoc/>
    public void HandleEventException(Exception ex, long sequence, ref T evt) =>
        _current.HandleEventException(ex, sequence, ref evt);

    /// <inheritdoc/>
    public void HandleOnTimeoutException(Exception ex, long sequence) =>
        _current.HandleOnTimeoutException(ex, sequence);

    /// <inheritdoc/>
    public void HandleOnStartException(Exception ex) => _current.HandleOnStartException(ex);

    /// <inheritdoc/>
    public void HandleOnShutdownException(Exception ex) => _current.HandleOnShutdownException(ex);
}
