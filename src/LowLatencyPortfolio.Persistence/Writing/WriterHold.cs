namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// The writer standing still between two transactions, from construction until disposal on the same thread.
/// </summary>
internal sealed class WriterHold : IDisposable
{
    private readonly ManualResetEventSlim _standing = new(initialState: false);
    private readonly ManualResetEventSlim _release = new(initialState: false);
    private readonly WorkRequest _request;
    private readonly Lock _requests;

    public WriterHold(string path, JournalWriter writer, Lock requests)
    {
        _requests = requests;
        _request = new WorkRequest(path, () =>
        {
            _standing.Set();
            _release.Wait();
        });
        _requests.Enter();
        writer.Begin(_request);
        while (!_standing.Wait(TimeSpan.FromMilliseconds(100)) && !_request.IsDone)
        {
            // A journal that cannot write fails the request instead of standing still; Dispose throws why.
        }
    }

    public void Dispose()
    {
        _release.Set();
        try
        {
            _request.Wait();
        }
        finally
        {
            _requests.Exit();
            _request.Dispose();
            _standing.Dispose();
            _release.Dispose();
        }
    }
}
