using Microsoft.Data.Sqlite;

namespace LowLatencyPortfolio.Persistence;

/// <summary>Work on the writer's connection, outside any transaction and with nothing queued.</summary>
internal sealed class WorkRequest(string path, Action work) : JournalRequest
{
    /// <exception cref="JournalException">SQLite refused; the message is for a person.</exception>
    public void Work()
    {
        try
        {
            work();
        }
        catch (SqliteException e)
        {
            throw DatabaseInspection.Refusal(path, e);
        }
        catch (WriteFailedException e)
        {
            throw new JournalException(
                $"{path} cannot be written ({e.Message}); free some space or check the disk", e);
        }
    }
}
