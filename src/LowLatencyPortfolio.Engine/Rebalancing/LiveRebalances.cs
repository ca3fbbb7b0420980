using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// The rebalances of a live engine: when an interval has ended, what the desk says is put into the ring.
/// </summary>
/// <remarks>
/// Thread: a timer's, once a second; it reads <see cref="PortfolioBoard"/> as anybody may. What the desk knows is
/// stored by a stop in order, and taken back at the next start.
/// </remarks>
internal sealed class LiveRebalances : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly TradingEngine _engine;
    private readonly PortfolioSnapshot _snapshot;
    private readonly Lock _looking = new();
    private readonly Timer _timer;

    public LiveRebalances(TradingEngine engine, RebalanceDesk desk)
    {
        _engine = engine;
        Desk = desk;
        _snapshot = engine.Board.NewSnapshot();
        _timer = new Timer(_ => Look(), null, Period, Period);
    }

    public RebalanceDesk Desk { get; }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_looking)
        {
            // a look that is under way has ended
        }
    }

    /// <summary>Looks as the timer does, after a look that is under way.</summary>
    public void LookNow()
    {
        lock (_looking)
        {
            LookIfDue();
        }
    }

    private void Look()
    {
        if (!_looking.TryEnter())
        {
            return;     // the engine's inbox is full: the next second comes soon enough
        }

        try
        {
            LookIfDue();
        }
        finally
        {
            _looking.Exit();
        }
    }

    private void LookIfDue()
    {
        try
        {
            _engine.Board.Read(_snapshot);
            long nowNs = _snapshot.Portfolio.AtNs;
            if (nowNs == 0 || !Desk.IsDue(nowNs))
            {
                return;
            }

            foreach (RebalanceOrder order in Desk.Close(_snapshot, nowNs))
            {
                _engine.PostRebalance(in order, source: 0);
            }
        }
        catch (EngineStoppedException)
        {
            // nothing is traded any more
        }
    }
}
