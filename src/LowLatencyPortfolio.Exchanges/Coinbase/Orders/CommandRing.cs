using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Commands on their way from Dispatch's thread to the workers: a ring for one writer, read under a
/// lock.</summary>
/// <remarks>
/// Thread: <see cref="Add"/> on Dispatch's, <see cref="TryTake"/> by one at a time. Allocation: none.
/// </remarks>
internal sealed class CommandRing
{
    private const int Capacity = 8192;

    private readonly OrderCommand[] _ring = new OrderCommand[Capacity];
    private long _taken;
    private long _written;

    public bool IsEmpty => Volatile.Read(ref _written) == Volatile.Read(ref _taken);

    /// <exception cref="InvalidOperationException">Nobody takes the commands: the workers have stopped.</exception>
    public void Add(in OrderCommand command)
    {
        if (_written - Volatile.Read(ref _taken) == Capacity)
        {
            throw new InvalidOperationException($"{Capacity} commands wait for the venue and nobody takes them");
        }

        _ring[_written & (Capacity - 1)] = command;
        Volatile.Write(ref _written, _written + 1);
    }

    public bool TryTake(out OrderCommand command)
    {
        if (IsEmpty)
        {
            command = default;
            return false;
        }

        command = _ring[_taken & (Capacity - 1)];
        Volatile.Write(ref _taken, _taken + 1);
        return true;
    }
}
