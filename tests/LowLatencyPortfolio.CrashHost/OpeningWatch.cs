using System.Text;

namespace LowLatencyPortfolio.CrashHost;

/// <summary>Standard output that tells when llp is ready, which is when it prints its first line.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="ready">Called before anybody can have read that line.</param>
internal sealed class OpeningWatch(TextWriter output, Action ready) : TextWriter
{
    private bool _isReady;

    public override Encoding Encoding => output.Encoding;

    public override void Write(char value)
    {
        Announce();
        output.Write(value);
    }

    public override void Write(string? value)
    {
        Announce();
        output.Write(value);
    }

    public override void WriteLine(string? value)
    {
        Announce();
        output.WriteLine(value);
    }

    public override void Flush() => output.Flush();

    private void Announce()
    {
        if (!_isReady)
        {
            _isReady = true;
            ready();
        }
    }
}
