namespace LowLatencyPortfolio.Engine.Replay;

/// <summary>
/// Does one piece of work at a time while the feeder waits for it, on a thread of its own: the work may allocate, the
/// feeder's thread does not.
/// </summary>
/// <remarks>Thread: <see cref="Do"/> and <see cref="Dispose"/> the feeder's.</remarks>
internal sealed class SideThread : IDisposable
{
    private readonly Action _work;
    private readonly AutoResetEvent _go = new(initialState: false);
    private readonly AutoResetEvent _done = new(initialState: false);
    private readonly Thread _thread;
    private Exception? _fault;
    private bool _isEnding;

    public SideThread(string name, Action work)
    {
        _work = work;
        _thread = new Thread(Run) { Name = name, IsBackground = true };
        _thread.Start();
    }

    /// <summary>Has the work done, and waits.</summary>
    /// <returns>What the work threw; null when it did not.</returns>
    public Exception? Do()
    {
        _ = _go.Set();
        _ = _done.WaitOne();
        return _fault;
    }

    public void Dispose()
    {
        _isEnding = true;
        _ = _go.Set();
        _thread.Join();
        _go.Dispose();
        _done.Dispose();
    }

    private void Run()
    {
        while (_go.WaitOne() && !_isEnding)
        {
            try
            {
                _work();
            }
            catch (Exception e)
            {
                // On this thread it would end the process; the feeder throws it on.
                _fault = e;
            }

            _ = _done.Set();
        }
    }
}
