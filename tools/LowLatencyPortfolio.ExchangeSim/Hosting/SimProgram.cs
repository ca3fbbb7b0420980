using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using LowLatencyPortfolio.ExchangeSim.CommandLine;
using LowLatencyPortfolio.ExchangeSim.Wire.Auth;

namespace LowLatencyPortfolio.ExchangeSim.Hosting;

/// <summary>The program after its arguments were read.</summary>
internal static class SimProgram
{
    /// <summary>Serves until a signal comes.</summary>
    /// <param name="options">Good arguments.</param>
    /// <param name="output">For the line that says it is ready.</param>
    /// <param name="error">For faults, one line each.</param>
    /// <returns>The exit code.</returns>
    public static int Run(SimOptions options, TextWriter output, TextWriter error)
    {
        // Until the host listens to signals itself: looking through the data may take long.
        bool stopped = false;
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            Volatile.Write(ref stopped, true);
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var faults = new List<string>();
        SimData? data = SimData.Scan(options, faults);
        using AccessKey? key = Key(options, faults);
        if (data is null || key is null)
        {
            return SimCommandLine.Refuse(faults, error);
        }

        try
        {
            ServeAsync(options, data, key, output, () => Volatile.Read(ref stopped)).GetAwaiter().GetResult();
            return ExitCode.Success;
        }
        catch (Exception e) when (e is IOException or SocketException or CryptographicException)
        {
            error.WriteLine($"exchange-sim: cannot listen: {e.Message.ReplaceLineEndings(" ")}");
            return ExitCode.Failed;
        }
    }

    private static async Task ServeAsync(
        SimOptions options, SimData data, AccessKey key, TextWriter output, Func<bool> isStopped)
    {
        await using SimServer server = SimServer.Build(options, data, key);
        await server.StartAsync();
        if (isStopped())
        {
            return;
        }

        await output.WriteLineAsync(server.ReadyLine);
        await output.FlushAsync();
        await server.WaitAsync();
    }

    private static AccessKey? Key(SimOptions options, List<string> faults)
    {
        try
        {
            return options.KeyFile is { } file
                ? KeyFile.ReadOrCreate(file, options.KeyKind)
                : AccessKey.Create(options.KeyKind);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            faults.Add($"--key-file: {options.KeyFile}: {e.Message.ReplaceLineEndings(" ")}");
            return null;
        }
    }
}
