using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// Changes taken from the channel and not committed yet, oldest first. They are kept until a commit has succeeded.
/// </summary>
/// <remarks>Thread: the writer's. Allocation: only when more wait than ever before.</remarks>
internal sealed class PendingChanges
{
    private StateChange[] _changes = new StateChange[4_096];
    private int _head;
    private int _tail;

    public int Count => _tail - _head;

    public ref StateChange this[int index] => ref _changes[_head + index];

    public void Add(in StateChange change)
    {
        if (_tail == _changes.Length)
        {
            MakeRoom();
        }

        _changes[_tail++] = change;
    }

    public void RemoveOldest(int count)
    {
        _head += count;
        if (_head == _tail)
        {
            _head = _tail = 0;
        }
    }

    /// <summary>How many of the oldest changes make the next transaction.</summary>
    /// <param name="rows">Where it may end: at the first end of an event from here on that also ends its
    /// closure.</param>
    /// <param name="mostRows">Where it ends even inside a closure, so that a stream without closures is committed
    /// too.</param>
    /// <returns>0 when not even one event is complete; else a count whose last change ends its event.</returns>
    public int NextTransaction(int rows, int mostRows)
    {
        int count = 0;
        for (int i = 0; i < Count; i++)
        {
            ref readonly StateChange change = ref this[i];
            if (!change.EndOfEvent)
            {
                continue;
            }

            count = i + 1;
            bool endsClosure = count == Count || this[count].MarketEvent != change.MarketEvent;
            if (count >= mostRows || (count >= rows && endsClosure))
            {
                break;
            }
        }

        return count;
    }

    private void MakeRoom()
    {
        int count = Count;
        StateChange[] target = count > _changes.Length / 2 ? new StateChange[_changes.Length * 2] : _changes;
        Array.Copy(_changes, _head, target, 0, count);
        _changes = target;
        _head = 0;
        _tail = count;
    }
}
