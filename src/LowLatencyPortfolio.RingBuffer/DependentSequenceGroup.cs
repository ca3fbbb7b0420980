using System.Runtime.CompilerServices;

namespace Disruptor;

/// <summary>What a handler waits for: the producers' cursor, or the slowest of the handlers before it.</summary>
/// <remarks>Any thread may read. The members do not change.</remarks>
public sealed class DependentSequenceGroup
{
    private readonly Sequence _cursor;
    private readonly Sequence _first;
    private readonly Sequence[] _others;

    /// <summary>Makes a group.</summary>
    /// <param name="cursor">The producers' cursor.</param>
    /// <param name="dependencies">Handlers that come first; none means: depend on the cursor.</param>
    public DependentSequenceGroup(Sequence cursor, params Sequence[] dependencies)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        ArgumentNullException.ThrowIfNull(dependencies);
        _cursor = cursor;
        DependsOnCursor = dependencies.Length == 0;
        DependentSequenceCount = DependsOnCursor ? 1 : dependencies.Length;
        _first = DependsOnCursor ? cursor : dependencies[0];
        _others = DependsOnCursor ? [] : dependencies[1..];
    }

    /// <summary>The lowest sequence of the group.</summary>
    public long Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _others.Length == 0 ? _first.Value : MinimumOfAll();
    }

    /// <summary>The producers' cursor.</summary>
    public long CursorValue => _cursor.Value;

    /// <summary>Whether no handler comes first.</summary>
    public bool DependsOnCursor { get; }

    /// <summary>Number of sequences <see cref="Value"/> is the minimum of, 1 or more.</summary>
    public int DependentSequenceCount { get; }

    /// <summary>
    /// A mark for the wait strategy, such as <see cref="HybridSpinWaitStrategy.AggressiveSpinWaitTag"/>.
    /// </summary>
    public object? Tag { get; set; }

    /// <summary>Spins and yields, without ever sleeping, until the group has reached a sequence.</summary>
    /// <param name="sequence">What to wait for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The group's value, <paramref name="sequence"/> or more.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public long AggressiveSpinWaitFor(long sequence, CancellationToken cancellationToken) =>
        SpinFor(sequence, sleepAfterSpins: -1, cancellationToken);

    /// <summary>Spins, then yields, then sleeps 1 ms at a time until the group has reached a sequence.</summary>
    /// <param name="sequence">What to wait for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The group's value, <paramref name="sequence"/> or more.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public long SpinWaitFor(long sequence, CancellationToken cancellationToken) =>
        SpinFor(sequence, sleepAfterSpins: 20, cancellationToken);

    private long SpinFor(long sequence, int sleepAfterSpins, CancellationToken cancellationToken)
    {
        var spin = new SpinWait();
        long available;
        while ((available = Value) < sequence)
        {
            cancellationToken.ThrowIfCancellationRequested();
            spin.SpinOnce(sleepAfterSpins);
        }

        return available;
    }

    private long MinimumOfAll()
    {
        var minimum = _first.Value;
        foreach (var sequence in _others)
            minimum = Math.Min(minimum, sequence.Value);
        return minimum;
    }
}
