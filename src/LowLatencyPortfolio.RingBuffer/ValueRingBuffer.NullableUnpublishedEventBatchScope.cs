using System.Runtime.CompilerServices;

namespace Disruptor;

public sealed partial class ValueRingBuffer<T>
{
    /// <summary>Claimed slots in a row, or nothing because there was no room for all of them.</summary>
    public readonly struct NullableUnpublishedEventBatchScope : IDisposable
    {
        private readonly ValueRingBuffer<T>? _ring;
        private readonly long _startSequence;
        private readonly long _endSequence;

        /// <summary>Makes a scope over sequences that are already claimed, or over nothing.</summary>
        /// <param name="ringBuffer">The ring; null for nothing.</param>
        /// <param name="startSequence">The lowest claimed sequence.</param>
        /// <param name="endSequence">The highest claimed sequence.</param>
        public NullableUnpublishedEventBatchScope(
            ValueRingBuffer<T>? ringBuffer, long startSequence, long endSequence)
        {
            _ring = ringBuffer;
            _startSequence = startSequence;
            _endSequence = endSequence;
        }

        /// <summary>Whether slots were claimed.</summary>
        public bool HasEvents => _ring is not null;

        /// <summary>Gives the claimed slots.</summary>
        /// <param name="eventRef">The slots; not to be used when the result is false.</param>
        /// <returns>False when there was no room.</returns>
        public bool TryGetEvents(out EventBatchRef eventRef)
        {
            eventRef = new EventBatchRef(_ring!, _startSequence, _endSequence);
            return _ring is not null;
        }

        /// <summary>Publishes the events if there are any. Once only.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Dispose() => _ring?.Publish(_startSequence, _endSequence);
    }

    /// <summary>Claimed slots in a row; their scope publishes them.</summary>
    public readonly struct EventBatchRef
    {
        private readonly ValueRingBuffer<T> _ring;

        /// <summary>Makes a reference to claimed slots.</summary>
        /// <param name="ringBuffer">The ring.</param>
        /// <param name="startSequence">The lowest claimed sequence.</param>
        /// <param name="endSequence">The highest claimed sequence.</param>
        public EventBatchRef(ValueRingBuffer<T> ringBuffer, long startSequence, long endSequence)
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
    }
}
