namespace Disruptor.Dsl;

/// <summary>The second half of "handle exceptions for this handler with that".</summary>
/// <typeparam name="T">The event.</typeparam>
public sealed class ValueExceptionHandlerSetting<T>
    where T : struct
{
    private readonly ValueTypeDisruptor<T> _disruptor;
    private readonly IValueEventHandler<T> _handler;

    internal ValueExceptionHandlerSetting(ValueTypeDisruptor<T> disruptor, IValueEventHandler<T> handler)
    {
        _disruptor = disruptor;
        _handler = handler;
    }

    /// <summary>Says who decides about the handler's exceptions.</summary>
    /// <param name="exceptionHandler">Used instead of the default.</param>
    /// <exception cref="ArgumentException">The handler is not one of the disruptor's.</exception>
    public void With(IValueExceptionHandler<T> exceptionHandler) =>
        _disruptor.SetExceptionHandler(_handler, exceptionHandler);
}
