using System.Globalization;
using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.Host.Run;

/// <summary>
/// SIGINT, SIGTERM and SIGHUP as a token. The first signal asks the run to stop in order at its next quiescent moment;
/// the second one is left to the operating system and ends the process at once.
/// </summary>
/// <remarks>
/// A hang-up is never the second one: a terminal that closes sends it more than once, and a service manager may send it
/// right after SIGTERM. Where it is ignored, as under <c>nohup</c>, it stays so.
/// </remarks>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _requests;

    /// <summary>Cancelled when somebody asked the run to stop; reading it costs one volatile load.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Starts listening; until then only <see cref="Request"/> asks for a stop.</summary>
    public void Listen()
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal));
        if (!IsHangUpIgnored())
        {
            _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnHangUp));
        }
    }

    /// <summary>Asks the run to stop.</summary>
    /// <returns>True for the first request, which the run will obey; false when one was already pending.</returns>
    public bool Request()
    {
        if (Interlocked.Increment(ref _requests) > 1)
        {
            return false;
        }

        _stop.Cancel();
        return true;
    }

    /// <summary>Stops listening: from here on signals do what the operating system does by default.</summary>
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context) => context.Cancel = Request();

    private void OnHangUp(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref _requests, 1, 0) == 0)
        {
            _stop.Cancel();
        }
    }

    // To listen would undo nohup. Only Linux says what a process was started with; elsewhere nothing is ignored.
    private static bool IsHangUpIgnored()
    {
        const string status = "/proc/self/status";
        const string ignored = "SigIgn:";
        string? line = File.Exists(status)
            ? File.ReadLines(status).FirstOrDefault(line => line.StartsWith(ignored, StringComparison.Ordinal))
            : null;
        return line is not null
            && ulong.TryParse(
                line.AsSpan(ignored.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture,
                out ulong signals)
            && (signals & 1) != 0;      // SIGHUP is 1
    }
}
