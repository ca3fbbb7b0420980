using System.Diagnostics;
using System.Text;

namespace LowLatencyPortfolio.Dashboard.Tests;

/// <summary>A program of ours as a process, with what it has printed so far.</summary>
internal sealed class ProgramProcess : IDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly Collector _output;
    private readonly Collector _error;

    private ProgramProcess(string program, IEnumerable<string> arguments)
    {
        // A shell that starts the tests in the background ignores interrupts, and its children too; env undoes it.
        ProcessStartInfo start = new("env", ["--default-signal=INT", "TERM=xterm-256color", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        _process = Process.Start(start)!;
        _output = new Collector(_process.StandardOutput);
        _error = new Collector(_process.StandardError);
    }

    public string Output => _output.Text;

    public bool HasExited => _process.HasExited;

    public static ProgramProcess Llp(params string[] arguments) => new("dotnet", [Beside("llp.dll"), .. arguments]);

    public static ProgramProcess Dashboard(params string[] arguments) =>
        new("dotnet", [Beside("llp-dashboard.dll"), .. arguments]);

    public static ProgramProcess Shell(string command) => new("sh", ["-c", command]);

    /// <summary>The dashboard on a terminal of 80 columns and 30 lines.</summary>
    public static ProgramProcess DashboardOnTerminal(string arguments) => new(
        "script",
        ["-qefc", $"stty cols 80 rows 30; exec dotnet '{Beside("llp-dashboard.dll")}' {arguments}", "/dev/null"]);

    public static string Beside(string name) => Path.Combine(AppContext.BaseDirectory, name);

    public void WaitFor(Func<string, bool> output, string what) =>
        Assert.True(
            SpinWait.SpinUntil(() => output(Output) || HasExited, Deadline) && output(Output), $"{what}: {Output}");

    public void WaitForError(Func<string, bool> error) =>
        Assert.True(SpinWait.SpinUntil(() => error(_error.Text), Deadline), $"standard error: {_error.Text}");

    public void Type(char key)
    {
        _process.StandardInput.Write(key);
        _process.StandardInput.Flush();
    }

    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code and what went to standard error.</returns>
    public (int ExitCode, string Error) Finish()
    {
        Assert.True(_process.WaitForExit(Deadline), $"the program did not end: {Output}");
        _output.Complete();
        _error.Complete();
        return (_process.ExitCode, _error.Text);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    /// <summary>Reads a stream on a thread of its own.</summary>
    private sealed class Collector
    {
        private readonly StringBuilder _text = new();
        private readonly Thread _thread;

        public Collector(StreamReader from)
        {
            _thread = new Thread(() => Read(from)) { IsBackground = true };
            _thread.Start();
        }

        public string Text
        {
            get
            {
                lock (_text)
                {
                    return _text.ToString();
                }
            }
        }

        public void Complete() => Assert.True(_thread.Join(Deadline), "the output does not end");

        private void Read(StreamReader from)
        {
            char[] room = new char[4096];
            while (from.Read(room) is > 0 and int read)
            {
                lock (_text)
                {
                    _text.Append(room.AsSpan(0, read));
                }
            }
        }
    }
}
