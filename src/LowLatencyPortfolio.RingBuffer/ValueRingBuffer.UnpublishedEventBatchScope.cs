using System.Runtime.CompilerServices;

namespace Disruptor;

public sealed partial class ValueRingBuffer<T>
{
    /// <summary>Claimed slots in a row that are published together when the scope is disposed of.</summary>
    public readonly struct UnpublishedEventBatchScope : IDisposable
    {
        private readonly ValueRingBuffer<T> _ring;

        /// <summary>Makes a scope over sequences that are already claimed.</summary>
        /// <param name="ringBuffer">The ring.</param>
        /// <param name="startSequence">The lowest claimed sequence.</param>
        /// <param name="endSequence">The highest claimed sequence.</param>
        public UnpublishedEventBatchScope(ValueRingBuffer<T> ringBuffer, long startSequence, long endSequence)
        {
            _ring = ringBuffer;
            StartSequence = startSequence;
            EndSequence = endSequence;
        }

        /// <summary>The lowest claimed sequence.</summary>
        public long StartSequence { get; }

        /// <summary>The highest claimed sequence.</summary>
        public long EndSequence { get; }

        /// <summary>A slot to fill, with what its last use left in it.</summary>
        /// <param name="index">0 for the first of the batch; not checked.</param>
        /// <returns>The slot in place.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ref T Event(int index) => ref _ring[StartSequence + index];

        /// <summary>Publishes the events. Once only.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Dispose() => _ring.Publish(StartSequence, EndSequence);
    }
}
