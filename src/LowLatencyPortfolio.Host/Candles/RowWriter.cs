namespace LowLatencyPortfolio.Host.Candles;

/// <summary>Where rows go: straight out in a pipe; on a terminal once the progress line has gone.</summary>
internal sealed class RowWriter : IDisposable
{
    private readonly TextWriter _output;
    private readonly StringWriter? _waiting;

    /// <summary>Starts without a row.</summary>
    /// <param name="output">Where the rows end up.</param>
    /// <param name="isTerminal">Whether they wait.</param>
    public RowWriter(TextWriter output, bool isTerminal)
    {
        _output = output;
        _waiting = isTerminal ? new StringWriter { NewLine = output.NewLine } : null;
    }

    /// <summary>Takes the rows.</summary>
    public TextWriter To => _waiting ?? _output;

    /// <summary>Lets go what has waited.</summary>
    public void Dispose()
    {
        if (_waiting is not null)
        {
            _output.Write(_waiting.GetStringBuilder());
            _waiting.Dispose();
        }
    }
}
