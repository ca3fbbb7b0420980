using System.Diagnostics;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Coinbase.Feed;

/// <summary>Writes down what a feed hands over: <c>tick 0 #17</c>, <c>bad 0</c>, <c>good 0</c>.</summary>
internal sealed class RecordingSink : IMarketSink
{
    private readonly List<string> _said = [];
    private readonly List<MarketTick> _ticks = [];

    public string[] Said
    {
        get
        {
            lock (_said)
            {
                return [.. _said];
            }
        }
    }

    public MarketTick[] Ticks
    {
        get
        {
            lock (_said)
            {
                return [.. _ticks];
            }
        }
    }

    public static void Until(Func<bool> condition, string what)
    {
        long begun = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(begun).TotalSeconds < 30, $"not within 30 s: {what}");
            Thread.Sleep(1);
        }
    }

    public void OnTick(in MarketTick tick)
    {
        lock (_said)
        {
            _ticks.Add(tick);
            _said.Add($"tick {tick.Product} #{tick.TradeKey}");
        }
    }

    public void OnFeedState(int product, HealthFlag flag, bool isBad)
    {
        lock (_said)
        {
            Assert.Equal(HealthFlag.FeedDown, flag);
            _said.Add($"{(isBad ? "bad" : "good")} {product}");
        }
    }

    /// <summary>Waits until exactly this was said.</summary>
    public void Expect(params string[] said)
    {
        Until(() => Said.Length >= said.Length, $"[{string.Join(", ", said)}], but [{string.Join(", ", Said)}]");
        Assert.Equal(said, Said);
    }
}
