using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Paper;

namespace LowLatencyPortfolio.Pipeline.Tests.Simulation;

/// <summary>
/// People at the account: they cancel our stops, take coins, and block coins with orders of their own; and a line that
/// fails just then.
/// </summary>
/// <remarks>
/// The venue keeps what they take, as if it were theirs; so coins are only missing while no order of ours could still
/// sell them.
/// </remarks>
internal sealed class OtherHands(World world, Market market, Unreliability network, Random random)
{
    private readonly long[] _missing = new long[world.Pairs.Length];
    private readonly long[] _blocked = new long[world.Pairs.Length];
    private readonly bool[] _isDown = new bool[world.Pairs.Length];

    public long[] GoneCoins { get; } = new long[world.Pairs.Length];

    public void Act(StageSet stages, PaperExchange venue, List<TradingEvent> into)
    {
        for (int product = 0; product < world.Pairs.Length; product++)
        {
            ref readonly ProtectedPair pair = ref stages.Ratchet.Pairs[product];
            long held = pair.Held;
            OrderTable orders = stages.RiskGate.Gate.Orders;
            bool isBare = orders.FirstOf(product) < 0;
            bool isNaked = pair.NakedSinceNs != 0 || pair.State == StopState.Exiting;
            if (held > 0 && (isBare || isNaked) && random.Next(10) == 0)
            {
                _blocked[product] = NextBlocked(_blocked[product], held);
                long taken = isBare && random.Next(2) == 0 ? Taken(product, held) : 0;
                into.Add(Look(product, held, taken, Blocked(product, held)));
            }
            else if (_isDown[product] ? random.Next(30) == 0 : isNaked && random.Next(20) == 0)
            {
                _isDown[product] = !_isDown[product];
                into.Add(Feed(product, _isDown[product]));
            }
            else if ((held > 0 || _blocked[product] > 0) && random.Next(_blocked[product] > 0 ? 12 : 1500) == 0)
            {
                _blocked[product] = NextBlocked(_blocked[product], held);
                into.Add(Look(product, held, taken: 0, Blocked(product, held)));
            }
            else if (random.Next(400) == 0)
            {
                CancelStop(orders, product, venue);
            }
        }
    }

    // An order of theirs stays for several looks.
    private long NextBlocked(long blocked, long held) => random.Next(8) switch
    {
        0 => 0,
        1 => random.NextInt64(held + 1),
        _ => blocked > 0 ? blocked : held / 2,
    };

    private long Blocked(int product, long held) => Math.Min(_blocked[product], held);

    private long Taken(int product, long held)
    {
        _missing[product] = random.Next(8) switch
        {
            0 => 0,
            1 => held,
            2 => random.NextInt64(held + 1),
            _ => _missing[product],
        };
        return Math.Min(_missing[product], held);
    }

    // What takes our stops away takes the prices away too.
    private TradingEvent Feed(int product, bool isDown) => new()
    {
        Kind = EventKind.FeedState, Count = 1, Product = product, ReceivedAtNs = market.TimeNs,
        Health = HealthFlag.FeedDown, Quantity = isDown ? 1 : 0,
    };

    private TradingEvent Look(int product, long held, long taken, long blocked) => new()
    {
        Kind = EventKind.Coins, Count = 1, Product = product, ReceivedAtNs = market.TimeNs, Quantity = held - taken,
        CumulativeQuantity = held - Math.Max(taken, blocked),
    };

    private void CancelStop(OrderTable orders, int product, PaperExchange venue)
    {
        for (int i = orders.FirstOf(product); i >= 0; i = orders.NextOf(i))
        {
            OrderEntry order = orders[i];
            if (order.IsStop && order.State == OrderState.Working)
            {
                network.CancelByHand(order.Sequence);
                venue.Submit(new OrderCommand
                {
                    Kind = OrderCommandKind.Cancel, Product = product, Sequence = order.Sequence, Side = order.Side,
                    Type = order.Type, Purpose = order.Purpose, Limit = order.Limit, Trigger = order.Trigger,
                    Quantity = order.Quantity, ReleasedAtNs = market.TimeNs, CausedAtNs = market.TimeNs,
                });
                return;
            }
        }
    }
}
