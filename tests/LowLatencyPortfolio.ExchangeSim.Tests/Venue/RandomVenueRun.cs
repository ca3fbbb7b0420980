namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>A venue that random requests, prints, faults and hands act on; the same seed does the same.</summary>
internal sealed class RandomVenueRun
{
    private readonly Random _random;
    private decimal _price = 100m;

    public RandomVenueRun(int seed)
    {
        _random = new Random(seed);
        Bench = new VenueBench(VenueBench.Settings() with
        {
            Balances = Opening,
            Seed = seed,
            AckLatencyNs = Latency(),
            CancelLatencyNs = Latency(),
            EditLatencyNs = Latency(),
            FillLatencyNs = Latency(),
            LimitFillsToPrintSize = _random.Next(2) == 0,
        });
        Bench.Print(_price);
    }

    public static IReadOnlyDictionary<string, decimal> Opening { get; } =
        new Dictionary<string, decimal> { ["USD"] = 5_000m, ["BTC"] = 40m };

    public VenueBench Bench { get; }

    /// <summary>Does one thing and says what it was.</summary>
    public string DoSomething()
    {
        switch (_random.Next(10))
        {
            case 0 or 1 or 2:
                var terms = RandomTerms(out var side);
                var order = Bench.New(side, terms) with { Attached = RandomAttached() };
                Bench.Venue.Create(order);
                return $"{order}";
            case 3 or 4:
                Print();
                return $"print {_price}";
            case 5:
                Bench.Step(_random.NextDouble());
                return "step";
            case 6:
                string id = AnyOrder();
                Bench.Venue.Cancel([id]);
                return $"cancel {id}";
            case 7 or 8:
                var edit = new EditRequest(AnyOrder(), Near(0.2m), Size(), _random.Next(2) == 0 ? Near(0.1m) : null)
                {
                    Attached = RandomAttached(),
                    CancelAttached = _random.Next(8) == 0,
                };
                Bench.Venue.Edit(edit);
                return $"{edit}";
            default:
                return Disturb();
        }
    }

    /// <summary>Ends every order, then the brackets that entries left at that, and lets what is due happen.</summary>
    public void Settle()
    {
        Bench.Venue.SetFaults([]);
        Bench.Step(100);
        for (int round = 0; round < 2; round++)
        {
            Bench.Venue.Cancel([.. Bench.Venue.Orders.Where(order => !order.IsFinal).Select(order => order.OrderId)]);
            Bench.Step(100);
        }
    }

    private string Disturb()
    {
        switch (_random.Next(3))
        {
            case 0:
                Bench.Venue.SetFaults([.. Enum.GetValues<VenueFaultKind>().Select(kind => new VenueFault(
                    kind, 0.15m, Fraction: (decimal)_random.Next(1, 11) / 10, DelayNs: Latency()))]);
                return "faults";
            case 1:
                Bench.Venue.MoveCoins(_random.Next(2) == 0 ? "USD" : "BTC", _random.Next(-5, 6));
                return "coins";
            default:
                Bench.Venue.SetProduct(VenueBench.BtcUsd with { CancelOnly = _random.Next(4) == 0 });
                return "product";
        }
    }

    private OrderTerms RandomTerms(out OrderSide side)
    {
        side = _random.Next(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
        decimal below = _price - Math.Round(_random.Next(1, 900) / 100m, 2);
        decimal above = _price + Math.Round(_random.Next(1, 900) / 100m, 2);
        long endNs = Bench.NowNs + _random.NextInt64(1, 5 * VenueTime.SecondNs);
        bool isBuy = side == OrderSide.Buy;
        return _random.Next(14) switch
        {
            0 => Terms.Market(Size()),
            1 when isBuy => Terms.MarketQuote(_random.Next(1, 900)),
            2 => Terms.Ioc(Size(), Near(0.05m)),
            3 => Terms.Fok(Size(), Near(0.05m)),
            4 => Terms.Gtd(Size(), Near(0.1m), endNs),
            5 => Terms.Gtc(Size(), isBuy ? below : above, postOnly: true),
            6 or 7 => isBuy ? Terms.Stop(Size(), above, above + 1, StopDirection.Up)
                : Terms.Stop(Size(), below, below - 1),
            8 when !isBuy => Terms.Bracket(Size(), below, above),
            10 => Terms.Twap(Size(), Near(0.05m), StartNs(), endNs, _random.Next(1, 6)),
            11 when isBuy => Terms.TwapQuote(_random.Next(5, 900), Near(0.05m), StartNs(), endNs, _random.Next(1, 6)),
            12 => Terms.Scaled(Size(), _random.Next(2, 6), below, above, (LadderSizes)_random.Next(1, 4),
                (LadderPrices)_random.Next(3), ratio: _random.Next(2) == 0 ? 1.5m : null),
            13 when isBuy => Terms.ScaledQuote(_random.Next(5, 900), _random.Next(2, 6), below, above),
            _ => Terms.Gtc(Size(), Near(0.1m)),
        };
    }

    private OrderTerms? RandomAttached() => _random.Next(4) != 0 ? null
        : Terms.Attached(Math.Round(_price * 0.9m, 2), Math.Round(_price * 1.2m, 2));

    private long StartNs() => Bench.NowNs + _random.NextInt64(-VenueTime.SecondNs, VenueTime.SecondNs);

    private void Print()
    {
        _price = Math.Max(20m, Near(0.04m));
        Bench.Print(_price, Math.Round((decimal)_random.NextDouble() * 3, 8));
    }

    private string AnyOrder()
    {
        var orders = Bench.Venue.Orders;
        return orders.Count == 0 ? "nobody"
            : orders[_random.Next(Math.Max(0, orders.Count - 12), orders.Count)].OrderId;
    }

    private decimal Near(decimal fraction) =>
        Math.Round(_price * (1 + (((decimal)_random.NextDouble() * 2) - 1) * fraction), 2);

    private decimal Size() => Math.Round(0.01m + ((decimal)_random.NextDouble() * 8), _random.Next(1, 9));

    private long Latency() => _random.Next(3) == 0 ? 0 : _random.NextInt64(VenueTime.SecondNs);
}
