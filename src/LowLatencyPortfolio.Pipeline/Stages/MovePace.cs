using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>How soon after a move a pair's stop may move again, in event time.</summary>
/// <remarks>
/// Thread: the ratchet's. Allocation: none. Until then the newest level is only remembered, so what is decided then is
/// the newest.
/// </remarks>
internal sealed class MovePace(int pairs)
{
    private readonly long[] _paceNs = new long[pairs];
    private readonly long[] _movedAtNs = new long[pairs];

    public void Set(int product, long paceNs) => _paceNs[product] = paceNs;

    /// <summary>The stop moves now.</summary>
    public void Move(int product, ref ProtectedPair pair, long nowNs)
    {
        _movedAtNs[product] = nowNs;
        pair.IsPaced = _paceNs[product] > 0;
    }

    public bool IsOver(int product, in ProtectedPair pair, long nowNs) =>
        pair.IsPaced && nowNs - _movedAtNs[product] >= _paceNs[product];

    public void Save(CheckpointWriter writer)
    {
        writer.Section("pace");
        writer.Write(MemoryMarshal.AsBytes(_paceNs.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_movedAtNs.AsSpan()));
    }

    public void Restore(CheckpointReader reader)
    {
        reader.Section("pace");
        reader.ReadInto<long>(_paceNs);
        reader.ReadInto<long>(_movedAtNs);
    }
}
