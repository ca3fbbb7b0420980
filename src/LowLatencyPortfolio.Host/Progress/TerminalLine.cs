namespace LowLatencyPortfolio.Host.Progress;

/// <summary>One line on a terminal, written over itself at intervals, and lines that stay above it.</summary>
/// <remarks>
/// Thread: a timer's reads the text; whoever works never prints. In a pipe only lines that stay are written. A terminal
/// that cannot be written any more ends the line, and nothing else.
/// </remarks>
internal sealed class TerminalLine : IDisposable
{
    private readonly LossyWriter _terminal;
    private readonly bool _isTerminal;
    private readonly TimeSpan _period;
    private readonly Func<string> _text;
    private readonly Lock _writing = new();
    private Timer? _timer;
    private int _width;
    private bool _ended;

    /// <summary>Makes the line; nothing is shown before <see cref="Start"/>.</summary>
    /// <param name="terminal">Where the line goes.</param>
    /// <param name="isTerminal">False shows no line.</param>
    /// <param name="period">Time between two writings; above 0.</param>
    /// <param name="text">The line's words now; called on a timer's thread.</param>
    public TerminalLine(TextWriter terminal, bool isTerminal, TimeSpan period, Func<string> text) =>
        (_terminal, _isTerminal, _period, _text) = (new LossyWriter(terminal), isTerminal, period, text);

    /// <summary>Shows the line from now on.</summary>
    public void Start() => _timer = _isTerminal ? new Timer(_ => Show(), null, _period, _period) : null;

    /// <summary>Writes the line now, over the one before.</summary>
    public void Show()
    {
        lock (_writing)
        {
            if (_ended || _timer is null)
            {
                return;
            }

            if (_terminal.IsGone)
            {
                _timer.Dispose();
                return;
            }

            string line = _text();
            _terminal.Write('\r' + line.PadRight(_width));
            _terminal.Flush();
            _width = line.Length;
        }
    }

    /// <summary>Writes a line that stays; the other follows below it.</summary>
    public void Write(string line)
    {
        lock (_writing)
        {
            Wipe();
            _terminal.WriteLine(line);
            _terminal.Flush();
        }
    }

    /// <summary>Ends the line and wipes it away.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_writing)
        {
            if (!_ended)
            {
                Wipe();
            }

            _ended = true;
        }
    }

    private void Wipe()
    {
        if (_width > 0)
        {
            _terminal.Write('\r' + new string(' ', _width) + '\r');
            _terminal.Flush();
            _width = 0;
        }
    }
}
