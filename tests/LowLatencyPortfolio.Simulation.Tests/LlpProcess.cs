using System.Diagnostics;
using System.Text;

namespace LowLatencyPortfolio.Simulation.Tests;

/// <summary>A running <c>llp</c>, with all that it prints.</summary>
internal sealed class LlpProcess : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly StringBuilder _errorSoFar = new();
    private readonly Task<string> _error;

    private LlpProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = ReadErrorAsync(process.StandardError);
    }

    public static LlpProcess Start(params string[] arguments)
    {
        // A shell that starts the tests in the background ignores interrupts, nohup hang-ups, and what they start
        // inherits that; env undoes it.
        ProcessStartInfo start = new("env")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("--default-signal=INT,HUP");
        start.ArgumentList.Add("dotnet");
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "llp.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new LlpProcess(Process.Start(start)!);
    }

    /// <summary>Runs to the end.</summary>
    public static LlpResult Run(params string[] arguments)
    {
        using LlpProcess process = Start(arguments);
        return process.Finish();
    }

    /// <summary>Lets it run for a while, then kills it as <c>kill -9</c> does.</summary>
    /// <returns>False when it had ended by itself before.</returns>
    public bool KillAfter(TimeSpan moment)
    {
        if (_process.WaitForExit(moment))
        {
            return false;
        }

        _process.Kill();
        _process.WaitForExit();
        return true;
    }

    /// <summary>Ends it at once, as <c>kill -9</c> does.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Signal(string name)
    {
        using Process kill = Process.Start(
            "kill", [$"-{name}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>What it has printed on standard error so far.</summary>
    public string ErrorSoFar
    {
        get
        {
            lock (_errorSoFar)
            {
                return _errorSoFar.ToString();
            }
        }
    }

    public LlpResult Finish()
    {
        if (!_process.WaitForExit(Deadline))
        {
            _process.Kill();
            throw new TimeoutException("llp did not end in time");
        }

        return new LlpResult(_process.ExitCode, _output.GetAwaiter().GetResult(), _error.GetAwaiter().GetResult());
    }

    private async Task<string> ReadErrorAsync(StreamReader error)
    {
        char[] read = new char[1_024];
        while (await error.ReadAsync(read.AsMemory()) is > 0 and int count)
        {
            lock (_errorSoFar)
            {
                _errorSoFar.Append(read, 0, count);
            }
        }

        return ErrorSoFar;
    }

    /// <summary>All that it printed, once it has ended or was disposed of.</summary>
    public (string Output, string Error) Printed =>
        (_output.WaitAsync(Deadline).GetAwaiter().GetResult(), _error.WaitAsync(Deadline).GetAwaiter().GetResult());

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}

/// <summary>How a run of <c>llp</c> ended.</summary>
internal sealed record LlpResult(int ExitCode, string Output, string Error);
