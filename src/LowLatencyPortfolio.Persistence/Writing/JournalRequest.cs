using System.Runtime.ExceptionServices;

namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// Something the writer thread is asked to do behind everything that is queued, while the asking thread waits.
/// </summary>
/// <remarks>One asking thread at a time; reusable after <see cref="Wait"/>. Allocation: none when reused.</remarks>
internal abstract class JournalRequest : IDisposable
{
    // Not the slim one: that makes its lock object at the first wait, which is on the feeder's thread.
    private readonly ManualResetEvent _done = new(initialState: false);
    private Exception? _fault;

    public void Renew()
    {
        _fault = null;
        _ = _done.Reset();
    }

    public void Succeed() => _ = _done.Set();

    public void Fail(Exception fault)
    {
        _fault = fault;
        _ = _done.Set();
    }

    public bool IsDone => _done.WaitOne(0);

    /// <summary>Waits for the end and throws what went wrong.</summary>
    public void Wait()
    {
        _ = _done.WaitOne();
        if (_fault is not null)
        {
            ExceptionDispatchInfo.Throw(_fault);
        }
    }

    public void Dispose() => _done.Dispose();
}
