using LowLatencyPortfolio.Exchanges;

namespace LowLatencyPortfolio.Pipeline.Tests.Simulation;

/// <summary>
/// Random trades: calm, nervous and crashing markets, absurd prints, repeated trades, conflated ticks, gaps in time.
/// </summary>
internal sealed class Market(World world, Random random)
{
    private const long Millisecond = 1_000_000;
    private readonly long[] _prices = [.. world.StartPrices];
    private readonly long[] _tradeKeys = new long[world.Pairs.Length];
    private readonly bool[] _hasKeys = [.. world.Pairs.Select(_ => random.Next(2) == 0)];
    private long _timeNs = 1_700_000_000_000_000_000 + random.NextInt64(86_400_000_000_000);
    private double _volatility = 0.001;
    private int _confirm = -1;
    private long _confirmPrice;

    public long TimeNs => _timeNs;

    /// <summary>The price that the pair's next order should be near.</summary>
    public long Price(int product) => _prices[product];

    /// <summary>The trade happened at another price after all.</summary>
    public void MoveTo(int product, long price) => _prices[product] = price;

    /// <summary>
    /// The next trade as it enters the ring; a repeated one says so, because a venue does not trade it again.
    /// </summary>
    public TradingEvent Next(out bool isRepeated)
    {
        Advance();
        int product = _confirm >= 0 ? _confirm : random.Next(_prices.Length);
        isRepeated = _hasKeys[product] && _tradeKeys[product] > 2 && random.Next(30) == 0;
        long price = isRepeated ? _prices[product] : NextPrice(product);
        TradingEvent tick = new()
        {
            Kind = EventKind.Tick,
            Count = 1,
            Product = product,
            ReceivedAtNs = random.Next(50) == 0 ? _timeNs - random.Next(1000) : _timeNs,
            Price = price,
            Quantity = Volume(product),
            Low = price,
            High = price,
            TradeKey =
                !_hasKeys[product] ? 0 : isRepeated ? _tradeKeys[product] - random.Next(2) : ++_tradeKeys[product],
        };
        if (random.Next(60) == 0)
        {
            Conflate(ref tick);
        }

        return tick;
    }

    public static MarketTick TradeOf(in TradingEvent tick, long timeNs) => new()
    {
        Product = tick.Product,
        TimeNs = timeNs,
        Price = tick.Price,
        Quantity = tick.Quantity,
        TradeKey = tick.TradeKey,
    };

    private void Advance()
    {
        _timeNs += random.Next(100) switch
        {
            < 15 => 0,
            < 90 => random.NextInt64(60 * Millisecond),
            < 99 => random.NextInt64(1_500 * Millisecond),
            _ => random.Next(30) == 0
                ? random.NextInt64(3_000_000 * Millisecond)
                : random.NextInt64(20_000 * Millisecond),
        };
        if (random.Next(400) == 0)
        {
            _volatility = World.Pick(random, 0.0002, 0.001, 0.004, 0.015);
        }
    }

    private long NextPrice(int product)
    {
        if (_confirm >= 0)
        {
            _confirm = -1;
            return Math.Max(1, random.Next(2) == 0 ? Moved(_confirmPrice, 0.01) : _prices[product]);
        }

        long price = _prices[product];
        switch (random.Next(1000))
        {
            case 0:
                _confirm = random.Next(3) == 0 ? -1 : product;
                _confirmPrice = Math.Max(1, random.Next(2) == 0 ? price * 2 : price / 2);
                _prices[product] = random.Next(8) == 0 && price > 10_000 && price < world.StartPrices[product] * 4
                    ? _confirmPrice
                    : price;
                return _confirmPrice;
            case < 4:
                price = Moved(price, 0.06);
                break;
            default:
                price = Moved(price, _volatility);
                break;
        }

        // Drawn back towards where it began, so that sizes stay reasonable.
        long start = world.StartPrices[product];
        price += (long)((start - price) * 0.0005);
        _prices[product] = Math.Max(1, price);
        return _prices[product];
    }

    private long Moved(long price, double most) => price + (long)(price * ((random.NextDouble() * 2) - 1) * most);

    private long Volume(int product)
    {
        decimal value = world.Portfolio.TotalCapital * (decimal)random.NextDouble() * 0.03m;
        decimal quantity = value / world.Pairs[product].Product.PriceOf(_prices[product]);
        return decimal.ToInt64(
            Math.Min(quantity * world.Pairs[product].Product.QuantityScale, 1_000_000_000_000_000_000m));
    }

    private void Conflate(ref TradingEvent tick)
    {
        tick.Count = (ushort)random.Next(2, 9);
        tick.Low = Math.Max(
            1, tick.Price - (long)(tick.Price * random.NextDouble() * World.Pick(random, 0.001, 0.03, 0.6)));
        tick.High = tick.Price + (long)(tick.Price * random.NextDouble() * World.Pick(random, 0.001, 0.03, 0.6));
    }
}
