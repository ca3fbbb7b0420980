namespace Disruptor;

/// <summary>A handler that wants to release its slots before the batch ends.</summary>
public interface IEventProcessorSequenceAware
{
    /// <summary>Hands over the processor's own sequence, once, when the processor is made.</summary>
    /// <param name="sequenceCallback">
    /// To be advanced by the handler, on its thread, to an event it has finished; it must never move backwards.
    /// </param>
    void SetSequenceCallback(Sequence sequenceCallback);
}
