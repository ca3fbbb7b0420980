namespace LowLatencyPortfolio.Engine;

/// <summary>Rounds on their way from the stages' thread to the signals: one writer, one reader, nobody waits.</summary>
/// <remarks>Thread: the writer's and the reader's members each from one thread at a time. Allocation: none.</remarks>
internal sealed class RoundQueue
{
    private readonly CandleRound[] _slots;
    private long _published;
    private long _released;

    /// <param name="pairs">How many pairs.</param>
    /// <param name="capacity">Rounds that may wait, at least 1.</param>
    public RoundQueue(int pairs, int capacity)
    {
        _slots = new CandleRound[capacity];
        for (int i = 0; i < capacity; i++)
        {
            _slots[i] = new CandleRound(pairs);
        }
    }

    /// <summary>Rounds published and not released; from any thread.</summary>
    public long Outstanding => Volatile.Read(ref _published) - Volatile.Read(ref _released);

    /// <summary>The slot to fill; the writer's.</summary>
    /// <returns>False when all are in use.</returns>
    public bool TryBegin(out CandleRound round)
    {
        round = _slots[_published % _slots.Length];
        return _published - Volatile.Read(ref _released) < _slots.Length;
    }

    /// <summary>Shows the filled slot to the reader; the writer's.</summary>
    public void Publish() => Volatile.Write(ref _published, _published + 1);

    /// <summary>The oldest round; the reader's, valid until <see cref="Release"/>.</summary>
    /// <returns>False when none waits.</returns>
    public bool TryPeek(out CandleRound round)
    {
        round = _slots[_released % _slots.Length];
        return Volatile.Read(ref _published) > _released;
    }

    /// <summary>Gives the oldest round's slot back; the reader's.</summary>
    public void Release() => Volatile.Write(ref _released, _released + 1);
}
