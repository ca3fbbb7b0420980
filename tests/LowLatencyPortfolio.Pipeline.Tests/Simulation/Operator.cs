using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Simulation;

/// <summary>Random entries and instructions, and news about feeds, journal, balances and products.</summary>
internal sealed class Operator(World world, Market market, Random random, Func<int, long> held)
{
    private readonly bool[] _isTradable = [.. world.Pairs.Select(_ => true)];
    private readonly Random _measured = new((int)world.Paper.Seed);
    private readonly HashSet<HealthFlag> _bad = [];
    private int _halts;
    private readonly HashSet<int> _down = [];
    private int _source;

    /// <summary>Adds what happens after one market event.</summary>
    public void Act(TradingMode mode, List<TradingEvent> into)
    {
        if (_measured.Next(50) == 0)
        {
            into.Add(Group());
        }

        int entries = random.Next(25) != 0 ? 0 : random.Next(30) == 0 ? random.Next(2, 12) : 1;
        for (int i = 0; i < entries; i++)
        {
            into.Add(Entry());
        }

        if (random.Next(60) == 0)
        {
            into.Add(Rebalance());
        }

        switch (random.Next(2000))
        {
            case < 2:
                into.Add(
                    Control(ControlAction.Liquidate, random.Next(world.Pairs.Length), (ushort)ExitReason.Liquidation));
                break;
            case 2 when random.Next(4) == 0:
                into.Add(Control(ControlAction.Liquidate, -1, (ushort)ExitReason.Liquidation));
                break;
            case 3:
                into.Add(Control(World.Pick(random, ControlAction.Halt, ControlAction.ReduceOnly), -1, 0));
                break;
            case < 10:
                into.Add(Health());
                break;
            case < 13:
                into.Add(ChangeProduct(random.Next(world.Pairs.Length)));
                break;
            case 14:
                into.Add(Balance());
                break;
            case 15:
                into.Add(Control(ControlAction.CancelEntries, random.Next(world.Pairs.Length), 0));
                break;
            case < 100 when mode != TradingMode.Trading:
                into.Add(Control(random.Next(3) == 0 ? ControlAction.ResumeRebased : ControlAction.Resume, -1, 0));
                break;
            case < 40 when _isTradable.Contains(false):
                into.Add(ChangeProduct(Array.IndexOf(_isTradable, false)));
                break;
            case < 200 when _bad.Count + _down.Count > 0:
                into.Add(Recover());
                break;
            default:
                break;
        }
    }

    private TradingEvent Entry()
    {
        int product = random.Next(world.Pairs.Length);
        PairSetup pair = world.Pairs[product];
        bool isMarket = random.Next(5) == 0;
        long price = market.Price(product);
        price += (long)(price * ((random.NextDouble() * 0.012) - 0.008) * (random.Next(10) == 0 ? 10 : 1));
        price -= random.Next(40) == 0 ? 0 : price % pair.Product.PriceIncrementUnits;
        long quantity = random.Next(10) switch
        {
            < 7 => 0,
            < 9 => pair.Product.QuantityIncrementUnits * random.Next(1, 40),
            _ => random.NextInt64(1, pair.Product.QuantityIncrementUnits * 500),
        };
        return New(EventKind.EntryCommand, product) with
        {
            Side = OrderSide.Buy,
            OrderType = isMarket ? OrderType.Market : OrderType.Limit,
            Price = isMarket ? 0 : price,
            Quantity = quantity,
            Source = ++_source,
        };
    }

    // Mostly of what is held, sometimes more than there is, or off the grid.
    private TradingEvent Rebalance()
    {
        bool isSell = random.Next(3) != 0;
        int product = Busiest();
        TradingEvent entry = Entry() with { Kind = EventKind.Control, Action = ControlAction.Rebalance };
        return !isSell ? entry : New(EventKind.Control, product) with
        {
            Action = ControlAction.Rebalance,
            Side = OrderSide.Sell,
            Quantity = (long)(held(product) * (random.NextDouble() * 1.1)) - random.Next(2),
            Source = ++_source,
        };
    }

    // A pair that holds something, if there is one.
    private int Busiest()
    {
        int product = random.Next(world.Pairs.Length);
        for (int i = 0; i < world.Pairs.Length && held(product) == 0; i++)
        {
            product = (product + 1) % world.Pairs.Length;
        }

        return product;
    }

    private TradingEvent Control(ControlAction action, int product, ushort parameter) =>
        New(EventKind.Control, product) with { Action = action, Count = parameter };

    private TradingEvent Health()
    {
        HealthFlag flag = (HealthFlag)random.Next(1, 11);
        if (flag >= HealthFlag.StopsRefused)
        {
            return New(EventKind.FeedState, random.Next(world.Pairs.Length)) with
            {
                Health = flag,
                Quantity = flag == HealthFlag.StopMovesPaced ? random.NextInt64(5_000_000_000) : random.Next(2),
            };
        }

        int product = flag == HealthFlag.FeedDown ? random.Next(-1, world.Pairs.Length) : -1;
        if (flag == HealthFlag.FeedDown)
        {
            _down.Add(product);
        }
        else
        {
            flag = flag == HealthFlag.NotReconciled ? NextHalt() : flag;
            _bad.Add(flag);
        }

        return New(EventKind.FeedState, product) with
        {
            Health = flag, Quantity = 1,
            HaltCause = flag == HealthFlag.KeyRefused ? HaltCause.KeyRefused : HaltCause.None,
        };
    }

    private HealthFlag NextHalt() => (_halts++ % 3) switch
    {
        0 => HealthFlag.NotReconciled,
        1 => HealthFlag.OrdersUnexplained,
        _ => HealthFlag.KeyRefused,
    };

    private TradingEvent Recover()
    {
        if (_down.Count > 0)
        {
            int product = _down.First();
            _down.Remove(product);
            return New(EventKind.FeedState, product) with { Health = HealthFlag.FeedDown };
        }

        HealthFlag flag = _bad.First();
        _bad.Remove(flag);
        return New(EventKind.FeedState, -1) with { Health = flag };
    }

    private TradingEvent ChangeProduct(int product)
    {
        ProductSpec spec = world.Pairs[product].Product;
        _isTradable[product] = !_isTradable[product] || random.Next(2) == 0;
        return New(EventKind.ProductChanged, product) with
        {
            Price = spec.PriceIncrementUnits * World.Pick(random, 1, 1, 2, 10),
            Quantity = spec.QuantityIncrementUnits * World.Pick(random, 1, 1, 1, 2, 50),
            Count = (ushort)(_isTradable[product] ? 1 : 0),
        };
    }

    private TradingEvent Balance() => New(EventKind.Balance, -1) with
    {
        FillValue = random.Next(3) == 0
            ? decimal.Round(world.Portfolio.TotalCapital * (decimal)random.NextDouble(), 2)
            : 100_000_000m,
    };

    // Mostly one large group, as in the market, so that its limit is reached.
    private TradingEvent Group() => New(EventKind.GroupsChanged, _measured.Next(world.Pairs.Length)) with
    {
        Quantity = _measured.Next(20) == 0 ? _measured.Next(world.Pairs.Length) : 0,
    };

    private TradingEvent New(EventKind kind, int product) =>
        new() { Kind = kind, Count = 1, Product = product, ReceivedAtNs = market.TimeNs };
}
