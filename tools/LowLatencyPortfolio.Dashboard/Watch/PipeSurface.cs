using LowLatencyPortfolio.Dashboard.Rendering;

namespace LowLatencyPortfolio.Dashboard.Watch;

/// <summary>In a pipe: one plain snapshot, or one JSON object on one line, whenever something changed.</summary>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error: a fault once, until it changes.</param>
/// <param name="json">JSON lines instead of text.</param>
internal sealed class PipeSurface(TextWriter output, TextWriter error, bool json) : IWatchSurface
{
    private string _last = string.Empty;
    private string _fault = string.Empty;

    public void Show(View view)
    {
        string text = json ? ViewJson.Line(view) : PlainText(view);
        _fault = string.Empty;
        if (text == _last)
        {
            return;
        }

        output.Write(text);
        output.Flush();
        _last = text;
    }

    public void Say(string fault)
    {
        if (fault != _fault)
        {
            error.WriteLine(fault);
            _fault = fault;
        }
    }

    public void Dispose()
    {
        // Nothing was changed that would have to be put back.
    }

    // An empty line and a rule part the snapshots.
    private static string PlainText(View view)
    {
        StringWriter text = new() { NewLine = "\n" };
        PlainPage.Write(text, view);
        text.WriteLine();
        text.WriteLine("----");
        return text.ToString();
    }
}
