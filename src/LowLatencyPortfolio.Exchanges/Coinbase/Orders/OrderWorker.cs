using System.Diagnostics;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>A thread that takes what leaves next and sends it over its own connection.</summary>
/// <remarks>
/// A request waits for its answer, and one that is never answered holds its thread until the time-out: so one thread
/// takes nothing but exits and the cancels that they wait for.
/// </remarks>
internal sealed class OrderWorker
{
    private readonly OrderDesk _desk;
    private readonly OrderSender _sender;
    private readonly WorkerSignals _signals;
    private readonly CoinbaseGatewayOptions _options;
    private readonly CancelBatch _batch = new();
    private readonly bool _spins;
    private readonly bool _isForExits;
    private readonly Thread _thread;
    private long _lastUsed;

    public OrderWorker(
        OrderDesk desk, OrderSender sender, WorkerSignals signals, CoinbaseGatewayOptions options, int number)
    {
        _isForExits = number == options.Connections;
        _desk = desk;
        _sender = sender;
        _signals = signals;
        _options = options;
        _spins = options.Spins && number == 0;
        _thread = new Thread(Run) { Name = $"llp coinbase orders {number}", IsBackground = true };
    }

    public void Start() => _thread.Start();

    public void Join(TimeSpan atMost) => _ = _thread.Join(atMost);

    private void Run()
    {
        try
        {
            _sender.KeepWarm();
            _lastUsed = Stopwatch.GetTimestamp();
            while (!_signals.IsStopped)
            {
                if (!Step(out TimeSpan wait))
                {
                    Rest(wait);
                }
            }
        }
        catch (Exception e)
        {
            _signals.Fail(e);       // the engine is told at its next poll; a thread must not end the process
        }
        finally
        {
            _sender.Dispose();
        }
    }

    private bool Step(out TimeSpan wait)
    {
        RequestPriority last = _isForExits ? RequestPriority.Exit : RequestPriority.Query;
        bool any = _desk.TryNext(
            Clock.NowNs(_options.Time), _batch, out WireRequest request, out wait, out bool hasMore, last);
        if (any)
        {
            if (hasMore)
            {
                _signals.WakeAll();
            }

            OrderAnswer answer = _sender.Send(in request);
            _desk.Complete(in request, in answer, Clock.NowNs(_options.Time));
            _lastUsed = Stopwatch.GetTimestamp();
        }

        if (_desk.HasReports)
        {
            _signals.WakeEngine();
        }

        return any;
    }

    private void Rest(TimeSpan wait)
    {
        TimeSpan untilCold = _options.KeepWarmAfter - Stopwatch.GetElapsedTime(_lastUsed);
        if (untilCold <= TimeSpan.Zero)
        {
            _sender.KeepWarm();
            _lastUsed = Stopwatch.GetTimestamp();
            return;
        }

        wait = wait < untilCold ? wait : untilCold;
        if (!_spins)
        {
            _signals.Wait(wait, _isForExits);
            return;
        }

        long begun = Stopwatch.GetTimestamp();
        _signals.IsSpinnerIdle = true;
        while (!_desk.HasCommands && !_signals.IsStopped && Stopwatch.GetElapsedTime(begun) < wait)
        {
            Thread.SpinWait(10);
        }

        _signals.IsSpinnerIdle = false;
    }
}
