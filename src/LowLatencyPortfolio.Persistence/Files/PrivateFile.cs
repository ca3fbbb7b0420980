namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// New files are readable and writable by their owner only (0600); SQLite gives its side files the database's mode.
/// </summary>
internal static class PrivateFile
{
    public static FileStreamOptions Options(FileMode mode)
    {
        FileStreamOptions options = new()
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
