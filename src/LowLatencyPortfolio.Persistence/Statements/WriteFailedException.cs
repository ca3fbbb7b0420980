using SQLitePCL;

namespace LowLatencyPortfolio.Persistence;

/// <summary>SQLite refused a statement of the writer; the code decides whether a retry makes sense.</summary>
internal sealed class WriteFailedException(int code, string message) : Exception(message)
{
    /// <summary>SQLite's primary result code.</summary>
    public int Code { get; } = code & 0xff;

    /// <summary>
    /// Out of room or locked: rolled back, nothing is lost, and it can pass. Anything else, above all an input/output
    /// error, cannot be retried honestly: after a failed fsync the system may report the next one as good although the
    /// pages are gone.
    /// </summary>
    public bool CanPass => Code is raw.SQLITE_FULL or raw.SQLITE_BUSY or raw.SQLITE_LOCKED;
}
