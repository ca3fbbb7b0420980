namespace Disruptor.Processing;

/// <summary>
/// Makes a struct of a class handler. Each event costs one indirect call, whatever other handlers there are.
/// </summary>
/// <remarks>
/// A call through the interface would be made at one place for all class handlers of an event type, and the runtime
/// looks the target up by hash as soon as two types pass there. A delegate bound to the method does not care.
/// </remarks>
/// <typeparam name="T">The event.</typeparam>
internal readonly struct ClassHandler<T> : IValueEventHandler<T>
    where T : struct
{
    private readonly IValueEventHandler<T> _handler;
    private readonly EventMethod _onEvent;

    public ClassHandler(IValueEventHandler<T> handler)
    {
        _handler = handler;
        _onEvent = handler.OnEvent;
    }

    private delegate void EventMethod(ref T data, long sequence, bool endOfBatch);

    public int? MaxBatchSize => _handler.MaxBatchSize;

    public void OnStart() => _handler.OnStart();

    public void OnShutdown() => _handler.OnShutdown();

    public void OnTimeout(long sequence) => _handler.OnTimeout(sequence);

    public void OnEvent(ref T data, long sequence, bool endOfBatch) => _onEvent(ref data, sequence, endOfBatch);

    public void OnBatchStart(long batchSize) => _handler.OnBatchStart(batchSize);
}
