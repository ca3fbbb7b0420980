namespace LowLatencyPortfolio.Host.Progress;

/// <summary>One line on a terminal, written over itself at intervals.</summary>
/// <remarks>Thread: a timer's reads the text; whoever works never prints. In a pipe nothing is written.</remarks>
internal sealed class TerminalLine : IDisposable
{
    private readonly TextWriter _terminal;
    private readonly Func<string> _text;
    private readonly Lock _writing = new();
    private readonly Timer? _timer;
    private int _width;
    private bool _ended;

    /// <summary>Starts the line.</summary>
    /// <param name="terminal">Where the line goes.</param>
    /// <param name="isTerminal">False writes nothing at all.</param>
    /// <param name="period">Time between two writings; above 0.</param>
    /// <param name="text">The line's words now; called on a timer's thread.</param>
    public TerminalLine(TextWriter terminal, bool isTerminal, TimeSpan period, Func<string> text)
    {
        (_terminal, _text) = (terminal, text);
        _timer = isTerminal ? new Timer(_ => Show(), null, period, period) : null;
    }

    /// <summary>Writes the line now, over the one before.</summary>
    public void Show()
    {
        lock (_writing)
        {
            if (_ended || _timer is null)
            {
                return;
            }

            string line = _text();
            _terminal.Write('\r' + line.PadRight(_width));
            _terminal.Flush();
            _width = line.Length;
        }
    }

    /// <summary>Ends the line and wipes it away.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_writing)
        {
            if (!_ended && _width > 0)
            {
                _terminal.Write('\r' + new string(' ', _width) + '\r');
                _terminal.Flush();
            }

            _ended = true;
        }
    }
}
