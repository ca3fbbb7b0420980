using System.Diagnostics;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// Tick on a socket to order on a socket against the simulator's process, in turns of a second with a bare echo of the
/// same sizes over the same connection.
/// </summary>
/// <remarks>
/// Exchange k of a turn begins at t0 + k·I, whatever happened before: a late one begins at once, and the schedule does
/// not move. The thread neither sleeps nor shares its work.
/// </remarks>
internal sealed class WireRun
{
    // The simulator wants a market to play; the raw port has prices of its own.
    private const string UnusedMarket =
        "time,price,size,side,trade_id\n2026-08-09T21:00:00.000000Z,10000.01,0.5,buy,1\n";

    private readonly WireOptions _options;
    private readonly Action<string> _progress;
    private readonly RawLine _line;
    private readonly WireEngine _engine;
    private readonly byte[] _echoed = new byte[8 << 10];
    private int _echoBytes;

    private WireRun(WireOptions options, Action<string> progress, RawLine line, WireEngine engine)
    {
        _options = options;
        _progress = progress;
        _line = line;
        _engine = engine;
    }

    /// <exception cref="InvalidOperationException">A tick did not cause exactly one order, or the simulator did not
    /// start.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public static WireResult Run(WireOptions options, Action<string> progress)
    {
        progress("starting exchange-sim");
        using TemporaryFolder folder = new();
        string ticks = folder.PathOf("BTC-USD.csv");
        File.WriteAllText(ticks, UnusedMarket);
        using SimProcess sim = SimProcess.Start(
            options.Sim, "--ticks", ticks, "--speed", "step", "--raw-port", "0", "--raw-poll");
        using RawLine line = new(sim.RawPort);
        PipelineWarmUp.Run();
        using WireEngine engine = new(line);
        return new WireRun(options, progress, line, engine).Run();
    }

    private WireResult Run()
    {
        _line.Ask(isNext: true);
        _engine.Open(_line.ReadMessage());
        WarmUp();
        GC.Collect();
        WireSamples wire = new(_options.Ticks);
        WireSamples echo = new(_options.Ticks);
        int turn = Math.Min(_options.Ticks, _options.Rate);
        long allocated = 0;
        ProcessWatch before = ProcessWatch.Now();
        while (wire.Count < _options.Ticks)
        {
            _progress($"measuring, {wire.Count:N0} of {_options.Ticks:N0}");
            int count = Math.Min(turn, _options.Ticks - wire.Count);
            long start = GC.GetAllocatedBytesForCurrentThread();
            Play(wire, count, isEcho: false);
            allocated += GC.GetAllocatedBytesForCurrentThread() - start;
            TakeEcho();
            Play(echo, count, isEcho: true);
        }

        ProcessWatch window = ProcessWatch.Now().Since(before);
        _progress("");
        return new WireResult(
            wire.Side(), echo.Side(), WireSamples.Between(wire.Read, wire.Published),
            WireSamples.Between(wire.Published, wire.Decided), WireSamples.Between(wire.Decided, wire.Written),
            _line.FrameBytes, _echoBytes, allocated, window);
    }

    // At full speed, then a turn at the rate: what is compiled anew meanwhile is compiled with what was learned.
    private void WarmUp()
    {
        _progress("warming up");
        WireSamples unused = new(_options.WarmUp + Math.Min(_options.Ticks, _options.Rate));
        WireSamples unusedEcho = new(_options.WarmUp + Math.Min(_options.Ticks, _options.Rate));
        for (int i = 0; i < _options.WarmUp; i++)
        {
            Exchange(unused, Stopwatch.GetTimestamp(), isEcho: false);
        }

        TakeEcho();
        for (int i = 0; i < _options.WarmUp; i++)
        {
            Exchange(unusedEcho, Stopwatch.GetTimestamp(), isEcho: true);
        }

        Play(unused, Math.Min(_options.Ticks, _options.Rate), isEcho: false);
        Play(unusedEcho, Math.Min(_options.Ticks, _options.Rate), isEcho: true);
    }

    private void TakeEcho()
    {
        _engine.Orders.LastRequest.CopyTo(_echoed);
        _echoBytes = _engine.Orders.LastRequest.Length;
    }

    private void Play(WireSamples samples, int count, bool isEcho)
    {
        long start = Stopwatch.GetTimestamp() + 1_000_000;
        for (int i = 0; i < count; i++)
        {
            Exchange(samples, start + (long)(i * (1_000_000_000.0 / _options.Rate)), isEcho);
        }
    }

    private void Exchange(WireSamples samples, long due, bool isEcho)
    {
        int index = samples.Count++;
        samples.Gaps[index] = WaitUntil(due);
        samples.Intended[index] = due;
        samples.Asked[index] = Stopwatch.GetTimestamp();
        _line.Ask(isNext: !isEcho);
        if (isEcho)
        {
            Echo(samples, index);
        }
        else
        {
            Trade(samples, index);
        }
    }

    private void Trade(WireSamples samples, int index)
    {
        long orders = _engine.Orders.Orders;
        ReadOnlySpan<byte> message = _line.ReadMessage();
        samples.Read[index] = Stopwatch.GetTimestamp();
        _engine.Take(message);
        if (_engine.Orders.Orders != orders + 1)
        {
            throw new InvalidOperationException(
                $"a ticker caused {_engine.Orders.Orders - orders} orders after {orders}; each is meant to cause one");
        }

        samples.Published[index] = _engine.PublishedAt;
        samples.Decided[index] = _engine.Orders.DecidedAt;
        samples.Written[index] = _engine.Orders.WrittenAt;
        samples.Exchange[index] = _line.ReadAcknowledgement();
        _engine.Settle();
    }

    private void Echo(WireSamples samples, int index)
    {
        _line.ReadBare();
        samples.Read[index] = Stopwatch.GetTimestamp();
        _line.Send(_echoed.AsSpan(0, _echoBytes));
        samples.Written[index] = Stopwatch.GetTimestamp();
        samples.Exchange[index] = _line.ReadAcknowledgement();
    }

    private static long WaitUntil(long due)
    {
        long longest = 0;
        long last = Stopwatch.GetTimestamp();
        while (last < due)
        {
            long now = Stopwatch.GetTimestamp();
            longest = Math.Max(longest, now - last);
            last = now;
        }

        return longest;
    }
}
