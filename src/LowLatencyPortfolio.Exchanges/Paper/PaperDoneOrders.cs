using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Paper;

/// <summary>The newest orders that ended, so that a refused cancel can still say what the order was and how much of it
/// traded.</summary>
internal sealed class PaperDoneOrders
{
    private const int Capacity = 1024;

    private readonly PaperOrder[] _ring = new PaperOrder[Capacity];
    private long _added;

    public void Add(in PaperOrder order) => _ring[_added++ % Capacity] = order;

    /// <summary>Finds an ended order, newest first.</summary>
    /// <returns>False when it never worked here, or ended more than 1,024 ends ago.</returns>
    public bool TryFind(long sequence, out PaperOrder order)
    {
        for (long i = _added - 1; i >= Math.Max(0, _added - Capacity); i--)
        {
            order = _ring[i % Capacity];
            if (order.Sequence == sequence)
            {
                return true;
            }
        }

        order = default;
        return false;
    }

    public void Write(CheckpointWriter writer)
    {
        long first = Math.Max(0, _added - Capacity);
        writer.Write(first);
        writer.Write(_added);
        for (long i = first; i < _added; i++)
        {
            PaperRecords.Write(writer, in _ring[i % Capacity]);
        }
    }

    public void Read(CheckpointReader reader)
    {
        long first = reader.ReadInt64();
        _added = reader.ReadInt64();
        for (long i = first; i < _added; i++)
        {
            _ring[i % Capacity] = PaperRecords.ReadOrder(reader);
        }
    }
}
