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
    private RebalanceReadings _readings = new(Looks: 0, Ordered: 0, Failed: 0, LastFailure: null);

    public LiveRebalances(TradingEngine engine, RebalanceDesk desk)
    {
        _engine = engine;
        Desk = desk;
        _snapshot = engine.Board.NewSnapshot();
        _timer = new Timer(_ => Look(), null, Period, Period);
    }

    public RebalanceDesk Desk { get; }

    public RebalanceReadings Readings => Volatile.Read(ref _readings);

    /// <summary>For tests: called at each look, before its orders leave.</summary>
    public Action? Looking { get; set; }

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

            List<RebalanceOrder> orders = Desk.Close(_snapshot, nowNs);
            Looking?.Invoke();
            foreach (RebalanceOrder order in orders)
            {
                _engine.Input.PostRebalance(in order, source: 0);
            }

            int ordered = orders.Count(order => order.Action == ControlAction.Rebalance);
            Volatile.Write(
                ref _readings,
                _readings with { Looks = _readings.Looks + 1, Ordered = _readings.Ordered + ordered });
        }
        catch (EngineStoppedException)
        {
            // nothing is traded any more
        }
        catch (Exception e)
        {
            // On a timer's thread it would end the process, with stops that nobody attends to.
            string reason = $"{e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}";
            Volatile.Write(ref _readings, _readings with { Failed = _readings.Failed + 1, LastFailure = reason });
        }
    }
}
