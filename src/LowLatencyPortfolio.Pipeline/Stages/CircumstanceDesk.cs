using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// What the risk gate learns that is neither a price nor a report: health, products, balances, coins that
/// left, pairs that move together.
/// </summary>
internal sealed class CircumstanceDesk(PairSetup[] setups, PortfolioConfig config, GateState gate, EntryDesk desk)
{
    public void Apply(in TradingEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.FeedState:
                ApplyHealth(in e, isBad: e.Quantity != 0);
                break;
            case EventKind.ProductChanged:
                gate.Pairs[e.Product].NotTradable = e.Count == 0;
                desk.ChangeGrid(e.Product, e.Price, e.Quantity);
                break;
            case EventKind.Balance:
                gate.Portfolio.ExternalAvailable = e.FillValue;
                break;
            case EventKind.Coins:
                ApplyCoins(in e, ref gate.Pairs[e.Product]);
                break;
            case EventKind.GroupsChanged:
                gate.Portfolio.SetMeasuredGroup(e.Product, (int)e.Quantity);
                break;
            default:
                break;
        }
    }

    private void ApplyHealth(in TradingEvent e, bool isBad)
    {
        switch (e.Health)
        {
            case HealthFlag.FeedDown:
                SetFeedDown(e.Product, isBad);
                break;
            case HealthFlag.StopsRefused when e.Product >= 0:
                gate.Pairs[e.Product].StopsRefused = isBad;
                break;
            case HealthFlag.StopsRefused or HealthFlag.StopMovesSlow or HealthFlag.StopEditsUnproven
                or HealthFlag.StopMovesPaced or HealthFlag.SellsAtOnce:
                break;      // kept for each pair; all but the first by the ratchet
            case HealthFlag.UserChannelDown:
                gate.IsUserChannelDown = isBad;
                break;
            case HealthFlag.QuestionsFailing:
                gate.AreQuestionsFailing = isBad;
                break;
            case HealthFlag.Outage:
                break;      // Dispatch tells it to a person
            default:
                gate.SetHealth(e.Health, isBad);
                break;
        }
    }

    // The ratchet has decided whether they have left; each stage books it for itself.
    private void ApplyCoins(in TradingEvent e, ref GatedPair pair)
    {
        ProductSpec product = setups[e.Product].Product;
        if (e.CoinsLeft)
        {
            long left = CoinWatch.Shortage(product, pair.Held, e.Quantity);
            decimal cost = gate.Portfolio.TakeOut(e.Product, product.QuantityOf(left), e.NowNs);
            pair.Held -= left;
            gate.Breaker.Move(-left, pair.Mark);
            gate.Breaker.Cash += cost;
            gate.Breaker.Rearm(config);
            gate.SampleDrawdown();
        }

        pair.CoinsInDoubt = CoinWatch.Shortage(product, pair.Held, e.CumulativeQuantity) > 0;
    }

    private void SetFeedDown(int product, bool isDown)
    {
        if (product >= 0)
        {
            gate.Pairs[product].FeedDown = isDown;
            return;
        }

        foreach (ref GatedPair pair in gate.Pairs.AsSpan())
        {
            pair.FeedDown = isDown;
        }
    }
}
