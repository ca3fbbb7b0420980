using System.Diagnostics;

namespace LowLatencyPortfolio.LatencyLab.Tests;

/// <summary>llp-lab as a process of its own.</summary>
internal static class LabProgram
{
    public static (int Exit, string Output, string Error) Run(params string[] arguments)
    {
        ProcessStartInfo start = new(
            Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "llp-lab.exe" : "llp-lab"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
