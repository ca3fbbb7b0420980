using System.Text;
using LowLatencyPortfolio.Dashboard.Rendering;
using Spectre.Console;

namespace LowLatencyPortfolio.Dashboard.Watch;

/// <summary>
/// On a terminal: the alternate screen, drawn over itself without a flicker; what stood there before comes back at the
/// end.
/// </summary>
internal sealed class TerminalSurface : IWatchSurface
{
    private const string Enter = "\e[?1049h\e[?25l";
    private const string Leave = "\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string EndOfLine = "\e[K";
    private const string EndOfScreen = "\e[J";

    private readonly TextWriter _output;
    private readonly IAnsiConsole _terminal;
    private readonly string _foot;
    private View? _last;

    /// <summary>Takes the screen.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="terminal">Its size and colours.</param>
    /// <param name="foot">The lowest line.</param>
    public TerminalSurface(TextWriter output, IAnsiConsole terminal, string foot)
    {
        (_output, _terminal, _foot) = (output, terminal, foot);
        _output.Write(Enter);
    }

    public void Show(View view)
    {
        _last = view;
        Draw(new Cell(_foot, Tone.Quiet));
    }

    public void Say(string fault) => Draw(new Cell(fault, Tone.Bad));

    public void Dispose()
    {
        _output.Write(Leave);
        _output.Flush();
    }

    private void Draw(Cell foot)
    {
        List<string> lines = Lines(_last?.Blocks ?? []);
        int room = Math.Max(1, _terminal.Profile.Height - 2);
        StringBuilder frame = new(Home);
        foreach (string line in lines.Take(room))
        {
            _ = frame.Append(line).Append(EndOfLine).Append("\r\n");
        }

        string last = lines.Count > room ? $"({lines.Count - room} lines more than this window has) " : string.Empty;
        _ = frame.Append(Lines([new LineBlock(null, [foot with { Text = last + foot.Text }])])[0])
            .Append(EndOfLine).Append(EndOfScreen);
        _output.Write(frame);
        _output.Flush();
    }

    private List<string> Lines(IReadOnlyList<Block> blocks)
    {
        StringWriter text = new() { NewLine = "\n" };
        IAnsiConsole page = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = (ColorSystemSupport)_terminal.Profile.Capabilities.ColorSystem,
            Out = new AnsiConsoleOutput(text),
            Interactive = InteractionSupport.No,
        });
        page.Profile.Width = _terminal.Profile.Width;
        page.Profile.Capabilities.Unicode = _terminal.Profile.Capabilities.Unicode;
        TerminalPage.Write(page, new View(blocks, string.Empty));
        return [.. text.ToString().TrimEnd('\n').Split('\n')];
    }
}
