using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Paper;

/// <summary>
/// Commands that were sent and have not taken effect: a binary heap by due time, at one instant cancels first, then new
/// orders, each by sequence, and what has the same sequence as it was sent. A replacement ranks as a new order.
/// </summary>
internal sealed class PaperArrivals
{
    private Arrival[] _heap = new Arrival[1024];
    private int _count;
    private long _added;

    public long NextDueNs => _count == 0 ? long.MaxValue : _heap[0].DueNs;

    public void Add(in OrderCommand command, long dueNs) =>
        Push(new Arrival(dueNs, command.Kind == OrderCommandKind.Cancel ? 0 : 1, _added++, command));

    /// <summary>Lets a cancel wait behind the new orders of its instant, because the order it names is one of
    /// them.</summary>
    public void AddBehindOrders(in OrderCommand cancel, long dueNs) => Push(new Arrival(dueNs, 2, _added++, cancel));

    public bool TryTake(long nowNs, out OrderCommand command, out long dueNs)
    {
        if (NextDueNs > nowNs || _count == 0)
        {
            command = default;
            dueNs = 0;
            return false;
        }

        command = _heap[0].Command;
        dueNs = _heap[0].DueNs;
        Arrival last = _heap[--_count];
        if (_count > 0)
        {
            SiftDown(last);
        }

        return true;
    }

    /// <summary>Whether an order is still to arrive at exactly this instant.</summary>
    public bool HasOrder(long sequence, long dueNs)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_heap[i].DueNs == dueNs && _heap[i].Rank == 1 && _heap[i].Command.Sequence == sequence)
            {
                return true;
            }
        }

        return false;
    }

    public void Write(CheckpointWriter writer)
    {
        writer.Write(_added);
        writer.Write((long)_count);
        for (int i = 0; i < _count; i++)
        {
            writer.Write(_heap[i].DueNs);
            writer.Write((long)_heap[i].Rank);
            writer.Write(_heap[i].Number);
            PaperRecords.Write(writer, in _heap[i].Command);
        }
    }

    public void Read(CheckpointReader reader)
    {
        _count = 0;
        _added = reader.ReadInt64();
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            long dueNs = reader.ReadInt64();
            int rank = reader.ReadInt32();
            long number = reader.ReadInt64();
            Push(new Arrival(dueNs, rank, number, PaperRecords.ReadCommand(reader)));
        }
    }

    private void Push(Arrival arrival)
    {
        if (_count == _heap.Length)
        {
            Array.Resize(ref _heap, _count * 2);
        }

        int hole = _count++;
        while (hole > 0 && arrival.IsBefore(in _heap[(hole - 1) / 2]))
        {
            _heap[hole] = _heap[(hole - 1) / 2];
            hole = (hole - 1) / 2;
        }

        _heap[hole] = arrival;
    }

    private void SiftDown(Arrival arrival)
    {
        int hole = 0;
        while (true)
        {
            int child = (hole * 2) + 1;
            if (child >= _count)
            {
                break;
            }

            if (child + 1 < _count && _heap[child + 1].IsBefore(in _heap[child]))
            {
                child++;
            }

            if (!_heap[child].IsBefore(in arrival))
            {
                break;
            }

            _heap[hole] = _heap[child];
            hole = child;
        }

        _heap[hole] = arrival;
    }

    private struct Arrival(long dueNs, int rank, long number, OrderCommand command)
    {
        public readonly long DueNs = dueNs;
        public readonly int Rank = rank;
        public readonly long Number = number;
        public OrderCommand Command = command;

        public readonly bool IsBefore(in Arrival other)
        {
            if (DueNs != other.DueNs)
            {
                return DueNs < other.DueNs;
            }

            if (Rank != other.Rank)
            {
                return Rank < other.Rank;
            }

            return Command.Sequence != other.Command.Sequence
                ? Command.Sequence < other.Command.Sequence
                : Number < other.Number;
        }
    }
}
