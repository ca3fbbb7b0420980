using System.Diagnostics;
using System.Globalization;

namespace LowLatencyPortfolio.Crash.Tests;

/// <summary>A running engine in a process of its own, what it prints line by line, and the ways to end it.</summary>
internal sealed class TradingProcess : IDisposable
{
    /// <summary>What a process ends with that was killed by signal 9.</summary>
    public const int KilledExitCode = 128 + 9;

    /// <summary>For everything that must happen; these tests run many processes on few cores.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly TaskCompletionSource<bool> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _output;
    private readonly Task<string> _error;

    private TradingProcess(Process process)
    {
        _process = process;
        _output = Task.Run(ReadAsync);
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Since when it runs.</summary>
    public Stopwatch Age { get; } = Stopwatch.StartNew();

    /// <summary>How long it took from its start until it was ready; zero before.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Differences that the start told of, one line each.</summary>
    public IReadOnlyList<string> Differences => [.. Lines.Where(Is("Reconciled: "))];

    private string[] Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Starts a program that stands beside the tests.</summary>
    public static TradingProcess Start(
        string program, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> environment)
    {
        ProcessStartInfo start = new("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // Most of these processes live for a second: compiling anything twice is not worth its time (a quarter of all).
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_CallCounting"] = "0";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, program));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new TradingProcess(Process.Start(start)!);
    }

    /// <summary>Waits until the engine has started, which is when its opening lines are complete.</summary>
    public async Task ReadyAsync()
    {
        bool isReady = await _ready.Task.WaitAsync(Deadline);
        if (!isReady)
        {
            _ = await EndAsync();
            Assert.Fail($"it ended before it was ready: {await DescribeAsync()}");
        }
    }

    /// <summary>Whether some line begins with a text.</summary>
    public bool Says(string beginning) => Lines.Any(Is(beginning));

    /// <summary>Writes a line to its standard input.</summary>
    public async Task TellAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    /// <returns>False when it had ended by itself before.</returns>
    public bool Kill()
    {
        if (_process.HasExited)
        {
            return false;
        }

        _process.Kill();
        _process.WaitForExit();
        return _process.ExitCode == KilledExitCode;
    }

    /// <summary>Asks for an orderly stop.</summary>
    public void Terminate()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Deadline);
        await _output.WaitAsync(Deadline);
        return _process.ExitCode;
    }

    /// <summary>All that it has printed, and how it ended.</summary>
    public async Task<string> DescribeAsync()
    {
        string error = _process.HasExited ? await _error.WaitAsync(Deadline) : "(it runs)";
        string code = _process.HasExited ? _process.ExitCode.ToString(CultureInfo.InvariantCulture) : "none";
        return $"exit code {code}\n{string.Join('\n', Lines)}\n{error}";
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static Func<string, bool> Is(string beginning) =>
        line => line.StartsWith(beginning, StringComparison.Ordinal);

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }

            if (line.Length == 0 && !_ready.Task.IsCompleted)
            {
                ReadyAfter = Age.Elapsed;
                _ = _ready.TrySetResult(true);
            }
        }

        _ = _ready.TrySetResult(false);
    }
}
