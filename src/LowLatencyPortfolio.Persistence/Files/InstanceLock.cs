namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// The file beside the database that only one engine can hold. The system releases it when the process ends, however it
/// ends.
/// </summary>
/// <remarks>
/// The file stays when the lock is released: deleting it would let one engine lock the deleted file and a second one a
/// new file of the same name.
/// </remarks>
internal sealed class InstanceLock : IDisposable
{
    private readonly FileStream _file;

    private InstanceLock(FileStream file) => _file = file;

    /// <exception cref="JournalException">Another engine holds it, or the folder cannot be written.</exception>
    public static InstanceLock Take(string databasePath)
    {
        string path = databasePath + ".lock";
        try
        {
            return new InstanceLock(new FileStream(path, PrivateFile.Options(FileMode.OpenOrCreate)));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new JournalException(
                $"{path} cannot be written; make the folder writable, or name a database elsewhere", e);
        }
        catch (IOException e)
        {
            throw new JournalException(
                $"{databasePath} is in use by another engine; stop that one, or name another database", e);
        }
    }

    /// <summary>Whether an engine holds it now; nothing is made or changed.</summary>
    public static bool IsHeld(string databasePath)
    {
        try
        {
            using FileStream file = new(databasePath + ".lock", FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (Exception e)
            when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose() => _file.Dispose();
}
