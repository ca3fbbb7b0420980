using System.Runtime.CompilerServices;

namespace Disruptor;

public sealed partial class ValueRingBuffer<T>
{
    /// <summary>A claimed slot, or nothing because the ring was full.</summary>
    public readonly struct NullableUnpublishedEventScope : IDisposable
    {
        private readonly ValueRingBuffer<T>? _ring;
        private readonly long _sequence;

        /// <summary>Makes a scope over a sequence that is already claimed, or over nothing.</summary>
        /// <param name="ringBuffer">The ring; null for nothing.</param>
        /// <param name="sequence">The claimed sequence.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public NullableUnpublishedEventScope(ValueRingBuffer<T>? ringBuffer, long sequence)
        {
            _ring = ringBuffer;
            _sequence = sequence;
        }

        /// <summary>Whether a slot was claimed.</summary>
        public bool HasEvent => _ring is not null;

        /// <summary>Gives the claimed slot.</summary>
        /// <param name="eventRef">The slot; not to be used when the result is false.</param>
        /// <returns>False when the ring was full.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool TryGetEvent(out EventRef eventRef)
        {
            eventRef = new EventRef(_ring!, _sequence);
            return _ring is not null;
        }

        /// <summary>Publishes the event if there is one. Once only.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Dispose() => _ring?.Publish(_sequence);
    }

    /// <summary>A claimed slot; its scope publishes it.</summary>
    public readonly struct EventRef
    {
        private readonly ValueRingBuffer<T> _ring;

        /// <summary>Makes a reference to a claimed slot.</summary>
        /// <param name="ringBuffer">The ring.</param>
        /// <param name="sequence">The claimed sequence.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public EventRef(ValueRingBuffer<T> ringBuffer, long sequence)
        {
            _ring = ringBuffer;
            Sequence = sequence;
        }

        /// <summary>The claimed sequence.</summary>
        public long Sequence { get; }

        /// <summary>The slot to fill, with what its last use left in it.</summary>
        /// <returns>The slot in place.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ref T Event() => ref _ring[Sequence];
    }
}
