using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Disruptor;

/// <summary>A position in the ring that one thread moves and others read, alone on its cache lines.</summary>
/// <remarks>
/// Any thread may read. 120 bytes of padding on both sides keep it clear of its neighbours also where the processor
/// fetches lines in pairs.
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = Padding + sizeof(long) + Padding)]
public sealed class Sequence
{
    /// <summary>The position before the first event.</summary>
    public const long InitialCursorValue = -1;

    private const int Padding = 120;

    [FieldOffset(Padding)]
    private long _value;

    /// <summary>Makes a sequence.</summary>
    /// <param name="initialValue">Where it stands; −1 means before the first event.</param>
    public Sequence(long initialValue = InitialCursorValue) => _value = initialValue;

    /// <summary>The position; an acquire read: what was written before it was set is visible after.</summary>
    public long Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Volatile.Read(ref _value);
    }

    /// <summary>
    /// Moves it with a release write: earlier writes of this thread are visible to who sees the value.
    /// </summary>
    /// <param name="value">The new position.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetValue(long value) => Volatile.Write(ref _value, value);

    /// <summary>Moves it with a full fence: later reads of this thread do not pass the write.</summary>
    /// <param name="value">The new position.</param>
    public void SetValueVolatile(long value) => Interlocked.Exchange(ref _value, value);

    /// <summary>Moves it if it stands where expected.</summary>
    /// <param name="expectedSequence">Where it must stand.</param>
    /// <param name="nextSequence">Where to move it.</param>
    /// <returns>True if it was moved.</returns>
    public bool CompareAndSet(long expectedSequence, long nextSequence) =>
        Interlocked.CompareExchange(ref _value, nextSequence, expectedSequence) == expectedSequence;

    /// <summary>Adds one, atomically.</summary>
    /// <returns>The new position.</returns>
    public long IncrementAndGet() => Interlocked.Increment(ref _value);

    /// <summary>Adds, atomically.</summary>
    /// <param name="value">How much.</param>
    /// <returns>The new position.</returns>
    public long AddAndGet(long value) => Interlocked.Add(ref _value, value);

    /// <summary>The position in invariant digits.</summary>
    /// <returns>Such as "-1" or "1024".</returns>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
