namespace Disruptor.Processing;

/// <summary>A consumer that runs a handler of value-type events.</summary>
/// <typeparam name="T">The event.</typeparam>
public interface IValueEventProcessor<T> : IEventProcessor
    where T : struct
{
    /// <summary>Says who decides about exceptions of the handler.</summary>
    /// <param name="exceptionHandler">Used from the next exception on.</param>
    /// <exception cref="ArgumentNullException"><paramref name="exceptionHandler"/> is null.</exception>
    void SetExceptionHandler(IValueExceptionHandler<T> exceptionHandler);
}
