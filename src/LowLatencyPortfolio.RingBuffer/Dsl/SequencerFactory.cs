namespace Disruptor.Dsl;

/// <summary>Makes the sequencer for a producer type.</summary>
public static class SequencerFactory
{
    /// <summary>What is assumed when nothing is said: several producers.</summary>
    public static ProducerType DefaultProducerType => ProducerType.Multi;

    /// <summary>How consumers wait when nothing is said: blocking.</summary>
    /// <returns>A new strategy.</returns>
    public static IWaitStrategy DefaultWaitStrategy() => new BlockingWaitStrategy();

    /// <summary>Makes a sequencer whose consumers block while they wait.</summary>
    /// <param name="producerType">How many threads publish.</param>
    /// <param name="bufferSize">Number of slots, a power of two.</param>
    /// <returns>The sequencer.</returns>
    public static ISequencer Create(ProducerType producerType, int bufferSize) =>
        Create(producerType, bufferSize, DefaultWaitStrategy());

    /// <summary>Makes a sequencer.</summary>
    /// <param name="producerType">How many threads publish.</param>
    /// <param name="bufferSize">Number of slots, a power of two.</param>
    /// <param name="waitStrategy">How the consumers wait.</param>
    /// <returns>The sequencer.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="producerType"/> is not one of the two.</exception>
    public static ISequencer Create(ProducerType producerType, int bufferSize, IWaitStrategy waitStrategy) =>
        producerType switch
        {
            ProducerType.Single => new SingleProducerSequencer(bufferSize, waitStrategy),
            ProducerType.Multi => new MultiProducerSequencer(bufferSize, waitStrategy),
            _ => throw new ArgumentOutOfRangeException(nameof(producerType), producerType, "Not a producer type."),
        };
}
