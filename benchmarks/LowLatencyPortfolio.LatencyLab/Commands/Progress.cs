namespace LowLatencyPortfolio.LatencyLab;

/// <summary>One line that is written over, on a terminal only.</summary>
internal sealed class Progress
{
    private readonly bool _isShown = !Console.IsErrorRedirected;

    public void Show(string what)
    {
        if (_isShown)
        {
            Console.Error.Write($"\r\x1b[K{what}");
        }
    }
}
