using System.Diagnostics;
using System.Globalization;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>The exchange simulator as a child process, with its raw port open and polled.</summary>
internal sealed class SimProcess : IDisposable
{
    private const string RawAddress = "raw tcp://127.0.0.1:";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private SimProcess(Process process, DirectoryInfo folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    /// <summary>Where the simulator's program stands unless somebody says otherwise: beside this one.</summary>
    public static string DefaultPath { get; } = Path.Combine(AppContext.BaseDirectory, "exchange-sim.dll");

    /// <summary>The raw port, on the loopback.</summary>
    public int Port { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>Starts it and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It did not come up.</exception>
    public static SimProcess Start(string program)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("llp-lab-");
        Process? process = null;
        try
        {
            // The simulator wants a market to play; the raw port has prices of its own.
            string ticks = Path.Combine(folder.FullName, "BTC-USD.csv");
            File.WriteAllText(ticks, "time,price,size,side,trade_id\n2026-08-09T21:00:00.000000Z,10000.01,0.5,buy,1\n");
            process = Process.Start(new ProcessStartInfo(
                "dotnet", ["exec", program, "--ticks", ticks, "--speed", "step", "--raw-port", "0", "--raw-poll"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            return new SimProcess(process, folder, ReadPort(process));
        }
        catch
        {
            End(process, folder);
            throw;
        }
    }

    public void Dispose() => End(_process, _folder);

    private static int ReadPort(Process process)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string?> reading = process.StandardOutput.ReadLineAsync();
        if (!reading.Wait(StartLimit))
        {
            throw new InvalidOperationException($"exchange-sim did not listen within {StartLimit.TotalSeconds} s");
        }

        string line = reading.Result ?? string.Empty;
        int at = line.IndexOf(RawAddress, StringComparison.Ordinal);
        if (at < 0 || !int.TryParse(
            line.AsSpan(at + RawAddress.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int port))
        {
            throw new InvalidOperationException(
                line.Length > 0 ? $"exchange-sim opened no raw port: {line}" : $"exchange-sim ended: {errors.Result}");
        }

        return port;
    }

    private static void End(Process? process, DirectoryInfo folder)
    {
        if (process is not null)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        folder.Delete(recursive: true);
    }
}
