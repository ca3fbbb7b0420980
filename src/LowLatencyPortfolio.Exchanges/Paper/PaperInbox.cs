using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Paper;

/// <summary>Commands on their way from Dispatch's thread to the feeder's: a pre-allocated ring for one writer and one
/// reader.</summary>
internal sealed class PaperInbox
{
    private const int Capacity = 8192;

    private readonly OrderCommand[] _ring = new OrderCommand[Capacity];
    private long _taken;
    private long _written;

    public bool IsEmpty => Volatile.Read(ref _written) == Volatile.Read(ref _taken);

    /// <summary>Writer's side.</summary>
    public void Add(in OrderCommand command)
    {
        if (_written - Volatile.Read(ref _taken) == Capacity)
        {
            throw new InvalidOperationException(
                $"the paper exchange's inbox holds {Capacity} commands that nobody takes");
        }

        _ring[_written & (Capacity - 1)] = command;
        Volatile.Write(ref _written, _written + 1);
    }

    /// <summary>Reader's side.</summary>
    public bool TryTake(out OrderCommand command)
    {
        if (_taken == Volatile.Read(ref _written))
        {
            command = default;
            return false;
        }

        command = _ring[_taken & (Capacity - 1)];
        Volatile.Write(ref _taken, _taken + 1);
        return true;
    }
}
