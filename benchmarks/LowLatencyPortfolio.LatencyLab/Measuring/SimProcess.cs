using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using LowLatencyPortfolio.Exchanges.Coinbase;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>The exchange simulator as a child process.</summary>
internal sealed partial class SimProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly string _line;

    private SimProcess(Process process, string line)
    {
        _process = process;
        _line = line;
    }

    /// <summary>Where the simulator's program stands unless somebody says otherwise: beside this one.</summary>
    public static string DefaultPath { get; } = Path.Combine(AppContext.BaseDirectory, "exchange-sim.dll");

    public bool HasExited => _process.HasExited;

    /// <summary>The raw port, on the loopback.</summary>
    /// <exception cref="InvalidOperationException">It was not asked for one.</exception>
    public int RawPort => RawAddress().Match(_line) is { Success: true } match
        ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : throw new InvalidOperationException($"exchange-sim opened no raw port: {_line}");

    /// <summary>Where a gateway and a feed find it.</summary>
    public CoinbaseEndpoints Endpoints => Addresses().Match(_line) is { Success: true } match
        ? new CoinbaseEndpoints
        {
            Rest = new Uri(match.Groups[1].Value),
            MarketWebSocket = new Uri(match.Groups[2].Value),
            UserWebSocket = new Uri(match.Groups[3].Value),
        }
        : throw new InvalidOperationException($"exchange-sim told no addresses: {_line}");

    /// <summary>Starts it and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It did not come up.</exception>
    public static SimProcess Start(string program, params string[] arguments)
    {
        Process process = Process.Start(new ProcessStartInfo("dotnet", ["exec", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            return new SimProcess(process, ReadLine(process));
        }
        catch
        {
            End(process);
            throw;
        }
    }

    public void Dispose() => End(_process);

    private static string ReadLine(Process process)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string?> reading = process.StandardOutput.ReadLineAsync();
        if (!reading.Wait(StartLimit))
        {
            throw new InvalidOperationException($"exchange-sim did not listen within {StartLimit.TotalSeconds} s");
        }

        return reading.Result ?? throw new InvalidOperationException($"exchange-sim ended: {errors.Result}");
    }

    private static void End(Process process)
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    [GeneratedRegex(@"raw tcp://127\.0\.0\.1:([0-9]+)")]
    private static partial Regex RawAddress();

    [GeneratedRegex("^listening on (http[^ ]+) market (ws[^ ]+) user (ws[^ ]+)")]
    private static partial Regex Addresses();
}
