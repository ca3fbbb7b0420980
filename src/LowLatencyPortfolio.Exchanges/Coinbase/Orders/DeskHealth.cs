using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>
/// Whether what we know of our orders can be relied on; each change is told to the engine, whose entries wait while it
/// cannot.
/// </summary>
/// <remarks>Thread: under the desk's lock.</remarks>
internal sealed class DeskHealth(ReportBuffer reports)
{
    private readonly HashSet<long> _halts = [];
    private bool _isTold;
    private bool _told;
    private bool? _toldUser;
    private bool _areQuestionsFailing;

    /// <summary>The user channel is connected, its snapshot is complete, no message is missing.</summary>
    public bool IsUserUp { get; private set; }

    /// <summary>The venue was asked about everything since the user channel was last down.</summary>
    public bool IsReconciled { get; private set; }

    /// <summary>An order is not what was asked for, or cannot be explained; only a person can say why.</summary>
    public bool HasMismatch => _halts.Count > 0;

    /// <summary>The key was refused and has not been accepted since.</summary>
    public bool IsKeyRefused { get; private set; }

    public void SetUser(bool isUp, long nowNs)
    {
        IsUserUp = isUp;
        TellUser(nowNs);
        IsReconciled &= isUp;
        Tell(nowNs);
    }

    public void SetReconciled(long nowNs)
    {
        IsReconciled = true;
        Tell(nowNs);
    }

    /// <summary>An order is not what was asked for, or cannot be explained; told once of each order.</summary>
    public void SetMismatch(HaltCause cause, int product, long sequence, long nowNs)
    {
        if (_halts.Add(sequence))
        {
            reports.AddHalt(HealthFlag.OrdersUnexplained, isBad: true, cause, nowNs, product, sequence);
        }
    }

    public void SetKeyRefused(bool isRefused, long nowNs)
    {
        if (IsKeyRefused != isRefused)
        {
            IsKeyRefused = isRefused;
            reports.AddHalt(HealthFlag.KeyRefused, isRefused, HaltCause.KeyRefused, nowNs);
        }
    }

    /// <summary>A question failed when it was asked last, or none did.</summary>
    public void SetQuestionsFailing(bool areFailing, long nowNs)
    {
        if (_areQuestionsFailing != areFailing)
        {
            _areQuestionsFailing = areFailing;
            reports.AddHealth(HealthFlag.QuestionsFailing, areFailing, nowNs);
        }
    }

    /// <summary>Tells the engine how it stands at the start.</summary>
    public void Begin(long nowNs)
    {
        Tell(nowNs);
        TellUser(nowNs);
    }

    /// <summary>Tells the engine when the user channel comes and goes.</summary>
    private void TellUser(long nowNs)
    {
        if (_toldUser != IsUserUp)
        {
            _toldUser = IsUserUp;
            reports.AddHealth(HealthFlag.UserChannelDown, !IsUserUp, nowNs);
        }
    }

    /// <summary>Tells the engine when what is known of our orders has become reliable, or no longer is.</summary>
    public void Tell(long nowNs)
    {
        bool isBad = !IsUserUp || !IsReconciled;
        if (!_isTold || isBad != _told)
        {
            _isTold = true;
            _told = isBad;
            reports.AddHealth(HealthFlag.NotReconciled, isBad, nowNs);
        }
    }
}
