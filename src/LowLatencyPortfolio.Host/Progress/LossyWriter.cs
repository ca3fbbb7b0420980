using System.Text;

namespace LowLatencyPortfolio.Host.Progress;

/// <summary>
/// Passes text on until that fails once, and drops the rest: a terminal that is gone is no reason to stop trading.
/// </summary>
/// <remarks>
/// Thread: as the writer it passes on to. Only for words to a person; a result goes to a writer that says when it
/// could not be written.
/// </remarks>
internal sealed class LossyWriter(TextWriter target) : TextWriter
{
    private volatile bool _isGone;

    /// <summary>Makes one; it holds nothing that had to be disposed of.</summary>
    public static TextWriter Of(TextWriter target) => new LossyWriter(target);

    /// <inheritdoc/>
    public override Encoding Encoding => target.Encoding;

    /// <summary>Whether something could not be written, so that nothing is any more.</summary>
    public bool IsGone => _isGone;

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => target.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => target.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => target.Write(value));

    /// <inheritdoc/>
    public override void WriteLine() => Try(target.WriteLine);

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Try(() => target.WriteLine(value));

    /// <inheritdoc/>
    public override void Flush() => Try(target.Flush);

    private void Try(Action write)
    {
        if (_isGone)
        {
            return;
        }

        try
        {
            write();
        }
        catch (IOException)
        {
            _isGone = true;     // EIO of a terminal that was closed, ENOSPC of a full disk
        }
    }
}
