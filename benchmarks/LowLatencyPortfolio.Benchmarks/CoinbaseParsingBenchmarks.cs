using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase.Feed;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Benchmarks;

/// <summary>A Coinbase message to trades in ring units. Goal: one trade within 700 ns and 0 bytes.</summary>
[MemoryDiagnoser]
public class CoinbaseParsingBenchmarks
{
    private readonly byte[] _update = Encoding.UTF8.GetBytes(
        """{"channel":"market_trades","timestamp":"2026-08-09T21:05:48.251397169Z","sequence_num":9,"""
        + "\"events\":[{\"type\":\"update\",\"trades\":["
        + """{"product_id":"BTC-USD","trade_id":"1068572091","price":"65083.67","size":"0.01034361","""
        + "\"time\":\"2026-08-09T21:05:48.167634Z\",\"side\":\"SELL\"}]}]}");

    private readonly byte[] _match = Encoding.UTF8.GetBytes(
        """{"type":"match","trade_id":280232,"maker_order_id":"2a0da34e-61f7-4c36-88e5-c9dd15927b16","""
        + "\"taker_order_id\":\"3c82abaa-c01e-4608-be59-6a1e69742891\",\"side\":\"sell\",\"size\":\"0.01034361\","
        + "\"price\":\"65083.67\",\"product_id\":\"BTC-USD\",\"sequence\":177100030,"
        + "\"time\":\"2021-04-17T16:43:37.089723Z\"}");

    private readonly byte[] _heartbeat = Encoding.UTF8.GetBytes(
        """{"channel":"heartbeats","timestamp":"2026-08-09T21:05:48.856364007Z","sequence_num":35,"""
        + "\"events\":[{\"current_time\":\"2026-08-09 21:05:48.854840045 +0000 UTC m=+41691.260485341\","
        + "\"heartbeat_counter\":41691}]}");

    private readonly FeedFrame _frame;
    private readonly AdvancedTradeParser _advancedTrade;
    private readonly ExchangeParser _exchange;

    public CoinbaseParsingBenchmarks()
    {
        string[] ids = [.. Enumerable.Range(0, 49).Select(i => $"COIN{i}-USD"), "BTC-USD"];
        ProductTable products = new(PairSetup.Arrange(
            ids.Select(id => (new ProductSpec(id, 0.01m, 0.00000001m), new PairConfig { ProductId = id }))));
        _frame = new FeedFrame(products.Count);
        _advancedTrade = new AdvancedTradeParser(products);
        _exchange = new ExchangeParser(products);
    }

    [Benchmark]
    public long OneTradeOfMarketTrades()
    {
        _advancedTrade.Parse(_update, _frame);
        return _frame.Trades[0].Price;
    }

    [Benchmark]
    public long OneMatchOfTheExchangeFeed()
    {
        _exchange.Parse(_match, _frame);
        return _frame.Trades[0].Price;
    }

    [Benchmark]
    public long Heartbeat()
    {
        _advancedTrade.Parse(_heartbeat, _frame);
        return _frame.Sequence;
    }

    /// <summary>
    /// The framework's reader walking over the same trade, nothing looked at: the least that it costs.
    /// </summary>
    [Benchmark(Baseline = true)]
    public long OneTradeWalkedByUtf8JsonReader()
    {
        Utf8JsonReader reader = new(_update);
        long tokens = 0;
        while (reader.Read())
        {
            tokens++;
        }

        return tokens;
    }
}
