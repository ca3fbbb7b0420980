using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Whether what we know of our orders can be relied on; each change is told to the engine, whose entries wait while it
/// cannot.
/// </summary>
/// <remarks>Thread: under the desk's lock.</remarks>
internal sealed class DeskHealth(ReportBuffer reports)
{
    private bool _isTold;
    private bool _told;

    /// <summary>The user channel is connected, its snapshot is complete, no message is missing.</summary>
    public bool IsUserUp { get; private set; }

    /// <summary>The venue was asked about everything since the user channel was last down.</summary>
    public bool IsReconciled { get; private set; }

    /// <summary>An order is not what was asked for; only a person can say why.</summary>
    public bool HasMismatch { get; private set; }

    /// <summary>The key was refused and has not been accepted since.</summary>
    public bool IsKeyRefused { get; private set; }

    public void SetUser(bool isUp, long nowNs)
    {
        IsUserUp = isUp;
        IsReconciled &= isUp;
        Tell(nowNs);
    }

    public void SetReconciled(long nowNs)
    {
        IsReconciled = true;
        Tell(nowNs);
    }

    public void SetMismatch(long nowNs)
    {
        HasMismatch = true;
        Tell(nowNs);
    }

    public void SetKeyRefused(bool isRefused, long nowNs)
    {
        if (IsKeyRefused != isRefused)
        {
            IsKeyRefused = isRefused;
            Tell(nowNs);
        }
    }

    /// <summary>Tells the engine when the whole has changed.</summary>
    public void Tell(long nowNs)
    {
        bool isBad = !IsUserUp || !IsReconciled || HasMismatch || IsKeyRefused;
        if (!_isTold || isBad != _told)
        {
            _isTold = true;
            _told = isBad;
            reports.AddHealth(HealthFlag.NotReconciled, isBad, nowNs);
        }
    }
}
