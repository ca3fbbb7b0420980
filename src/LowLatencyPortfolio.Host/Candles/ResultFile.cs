namespace LowLatencyPortfolio.Host.Candles;

/// <summary>A file that takes the place of an older one only when it is whole.</summary>
internal sealed class ResultFile : IDisposable
{
    private readonly string _path;
    private readonly StreamWriter _writer;

    private ResultFile(string path)
    {
        _path = Path.GetFullPath(path);
        _writer = new StreamWriter(Unfinished);
    }

    /// <summary>Takes the text.</summary>
    public TextWriter To => _writer;

    private string Unfinished => _path + ".unfinished";

    /// <summary>Begins a file.</summary>
    /// <param name="target">The file; null or <c>-</c> for none.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static ResultFile? For(string? target) => target is null or "-" ? null : new ResultFile(target);

    /// <summary>Says that it is whole.</summary>
    public void Keep()
    {
        _writer.Dispose();
        File.Move(Unfinished, _path, overwrite: true);
    }

    /// <summary>Removes what was not kept.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        File.Delete(Unfinished);
    }
}
