using System.Runtime.InteropServices;

namespace LowLatencyPortfolio.Host.Run;

/// <summary>
/// SIGINT and SIGTERM as a token. The first signal asks the run to stop in order at its next quiescent moment; the
/// second one is left to the operating system and ends the process at once.
/// </summary>
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
}
