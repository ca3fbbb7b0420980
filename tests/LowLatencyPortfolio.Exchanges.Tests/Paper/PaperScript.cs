using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Paper;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Tests.Paper;

/// <summary>Random commands and ticks on two pairs: the same for the same seed.</summary>
internal sealed class PaperScript
{
    private const long PriceUnit = 1_000_000;           // 0.01
    private const long QuantityUnit = 100_000;          // 0.001

    private readonly Random _random;
    private readonly long[] _price = [10_000 * PriceUnit, 300 * PriceUnit];
    private long _sequence;
    private long _nowNs = 1_700_000_000_000_000_000;

    public PaperScript(int seed)
    {
        _random = new Random(seed);
        Config = new PaperConfig
        {
            MakerFee = _random.Next(0, 20) * 0.0005m,
            TakerFee = _random.Next(0, 20) * 0.00075m,
            SlippageBps = _random.Next(0, 4) * 2.5m,
            LatencyMs = _random.Next(3) switch { 0 => 0, 1 => 150, _ => 1_700 },
            PartialFills = _random.Next(2) == 0,
            RejectionRate = _random.Next(3) == 0 ? 0.1m : 0m,
            Seed = seed,
        };
        Bars = _random.Next(2) == 0;
        Cash = _random.Next(1_000, 100_000);
    }

    public PaperConfig Config { get; }

    public bool Bars { get; }

    public decimal Cash { get; }

    /// <summary>The next step: commands sent together, then perhaps a tick.</summary>
    public (OrderCommand[] Commands, MarketTick? Tick, long NowNs) Next()
    {
        OrderCommand[] commands = [.. Enumerable.Range(0, _random.Next(0, 3)).Select(_ => Command())];
        if (_random.Next(5) == 0)
        {
            return (commands, null, _nowNs);
        }

        _nowNs += _random.Next(0, 3) * 400_000_000L;
        int product = _random.Next(2);
        int jump = _random.Next(20) == 0 ? 60 : 6;
        _price[product] = Math.Max(
            PriceUnit, _price[product] + (_price[product] / 1_000 * _random.Next(-jump, jump + 1)));
        _price[product] -= _price[product] % PriceUnit;
        var tick = new MarketTick
        {
            Product = product, TimeNs = _nowNs, Price = _price[product],
            Quantity = _random.Next(0, 4_000) * (QuantityUnit / 4),
        };
        return (commands, tick, _nowNs);
    }

    private OrderCommand Command()
    {
        int product = _random.Next(2);
        var command = new OrderCommand
        {
            Kind = OrderCommandKind.Place, Product = product, Sequence = ++_sequence, ReleasedAtNs = _nowNs,
        };
        long near = Near(product);
        command.Quantity = _random.Next(1, 2_000) * QuantityUnit;
        switch (_random.Next(10))
        {
            case 0 or 1 or 2:
                command.Limit = near;
                break;
            case 3:
                command.Type = OrderType.Market;
                command.Side = (OrderSide)_random.Next(2);
                break;
            case 4:
                command.Side = OrderSide.Sell;
                command.Limit = near;
                command.Type = _random.Next(3) == 0 ? OrderType.LimitIoc : OrderType.Limit;
                break;
            case 5 or 6 or 7:
                (command.Side, command.Type) = (OrderSide.Sell, OrderType.StopLimit);
                command.Trigger = near;
                command.Limit = Math.Max(PriceUnit, near - (near / 200 * _random.Next(0, 5)));
                command.Limit -= command.Limit % PriceUnit;
                if (_random.Next(3) == 0)
                {
                    command.Kind = OrderCommandKind.Replace;
                    command.Replaces = Recent();
                }

                break;
            default:
                command = new OrderCommand
                {
                    Kind = OrderCommandKind.Cancel, Product = product, Sequence = Recent(), ReleasedAtNs = _nowNs,
                };
                break;
        }

        return command;
    }

    private long Near(int product)
    {
        long price = _price[product] + (_price[product] / 1_000 * _random.Next(-25, 15));
        return Math.Max(PriceUnit, price - (price % PriceUnit));
    }

    private long Recent() => Math.Max(1, _sequence - _random.Next(0, 30));
}
