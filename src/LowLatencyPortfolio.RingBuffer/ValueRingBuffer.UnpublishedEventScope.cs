using System.Runtime.CompilerServices;

namespace Disruptor;

public sealed partial class ValueRingBuffer<T>
{
    /// <summary>A claimed slot that is published when the scope is disposed of.</summary>
    public readonly struct UnpublishedEventScope : IDisposable
    {
        private readonly ValueRingBuffer<T> _ring;

        /// <summary>Makes a scope over a sequence that is already claimed.</summary>
        /// <param name="ringBuffer">The ring.</param>
        /// <param name="sequence">The claimed sequence.</param>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public UnpublishedEventScope(ValueRingBuffer<T> ringBuffer, long sequence)
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

        /// <summary>Publishes the event. Once only.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Dispose() => _ring.Publish(Sequence);
    }
}
