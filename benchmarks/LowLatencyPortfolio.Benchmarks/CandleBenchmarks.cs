using BenchmarkDotNet.Attributes;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Benchmarks;

/// <summary>What a tick costs the candles of 200 pairs: ten ticks a second and pair, candles of a minute.</summary>
[MemoryDiagnoser]
public class CandleBenchmarks
{
    private const int Pairs = 200;
    private const int Ticks = 1_000_000;
    private const long StepNs = 500_000;
    private readonly CandleBook _book = new(Pairs, intervalSeconds: 60);
    private readonly CandleBuilder _one = new(intervalSeconds: 60);
    private long _nowNs;
    private long _closed;

    /// <summary>Ticks of all pairs in turn, their closes included.</summary>
    [Benchmark(OperationsPerInvoke = Ticks)]
    public long TickOfManyPairs()
    {
        int pair = 0;
        for (int i = 0; i < Ticks; i++)
        {
            _nowNs += StepNs;
            pair = pair == Pairs - 1 ? 0 : pair + 1;
            long price = 4_000_000_000_000 + (i & 0xFFFF);
            if (_book.OnTick(pair, _nowNs, price, i, price, price))
            {
                _closed++;
            }
        }

        return _closed;
    }

    /// <summary>Ticks of one pair.</summary>
    [Benchmark(OperationsPerInvoke = Ticks)]
    public long TickOfOnePair()
    {
        for (int i = 0; i < Ticks; i++)
        {
            _nowNs += StepNs;
            if (_one.OnTick(_nowNs, 4_000_000_000_000 + (i & 0xFFFF), i))
            {
                _closed++;
            }
        }

        return _closed;
    }
}
