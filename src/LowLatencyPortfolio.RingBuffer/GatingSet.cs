namespace Disruptor;

/// <summary>
/// The consumers a producer must not overtake. Changed rarely by copy and exchange, read without a lock.
/// </summary>
internal sealed class GatingSet
{
    private Sequence[] _sequences = [];

    /// <summary>The slowest consumer, or <paramref name="none"/> if that is lower or nobody is in the set.</summary>
    public long Minimum(long none)
    {
        var minimum = none;
        foreach (var sequence in Volatile.Read(ref _sequences))
            minimum = Math.Min(minimum, sequence.Value);
        return minimum;
    }

    /// <summary>
    /// Adds consumers at the cursor. They are set before the exchange, so that a producer never sees −1 and stops, and
    /// after it, so that they do not ask for events the producers may have overwritten meanwhile.
    /// </summary>
    public void Add(ICursored cursor, Sequence[] added)
    {
        ArgumentNullException.ThrowIfNull(added);
        Sequence[] before, after;
        do
        {
            before = Volatile.Read(ref _sequences);
            after = [.. before, .. added];
            MoveTo(cursor.Cursor, added);
        }
        while (Interlocked.CompareExchange(ref _sequences, after, before) != before);
        MoveTo(cursor.Cursor, added);
    }

    /// <summary>Removes every place where this very object stands.</summary>
    public bool Remove(Sequence sequence)
    {
        Sequence[] before, after;
        do
        {
            before = Volatile.Read(ref _sequences);
            after = Array.FindAll(before, member => !ReferenceEquals(member, sequence));
            if (after.Length == before.Length)
                return false;
        }
        while (Interlocked.CompareExchange(ref _sequences, after, before) != before);
        return true;
    }

    private static void MoveTo(long position, Sequence[] sequences)
    {
        foreach (var sequence in sequences)
            sequence.SetValue(position);
    }
}
