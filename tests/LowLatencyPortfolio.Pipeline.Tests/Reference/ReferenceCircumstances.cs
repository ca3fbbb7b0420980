using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline.Tests.Reference;

/// <summary>News that are neither prices nor reports: health, products, balances, coins.</summary>
internal sealed class ReferenceCircumstances(ReferenceState state, ReferenceProtection protection)
{
    public void OnEvent(ref TradingEvent e, ref StateHash hash)
    {
        switch (e.Kind)
        {
            case EventKind.ProductChanged:
                OnProduct(ref e, state.Pairs[e.Product]);
                break;
            case EventKind.FeedState:
                OnHealth(in e, isBad: e.Quantity != 0);
                break;
            case EventKind.Balance:
                state.ExternalAvailable = e.FillValue;
                break;
            case EventKind.Coins:
                OnCoins(ref e, state.Pairs[e.Product], ref hash);
                break;
            case EventKind.GroupsChanged:
                OnGroup(in e, state.Pairs[e.Product], ref hash);
                break;
            default:
                break;
        }
    }

    private void OnGroup(in TradingEvent e, ReferencePair pair, ref StateHash hash)
    {
        ReferencePair name = state.Pairs[(int)e.Quantity];
        pair.MeasuredGroup = name.Index;
        hash.Add(
            state.NowNs, StateHash.OfProduct(pair.Product.ProductId), 64, default, default, 0, 0, 0, 0,
            RiskVerdict.None);
        hash.Add(StateHash.OfProduct(name.Product.ProductId));
    }

    private void OnProduct(ref TradingEvent e, ReferencePair pair)
    {
        pair.PriceIncrement = pair.PriceOf(e.Price);
        pair.QuantityIncrement = pair.QuantityOf(e.Quantity);
        pair.NotTradable = e.Count == 0;
        pair.TakesNoOrders = pair.NotTradable;
        pair.IsBlockTold &= pair.NotTradable;
        pair.WasStopInvalid = false;
        pair.Unblock();
        protection.Supervise(ref e, pair);
    }

    private void OnHealth(in TradingEvent e, bool isBad)
    {
        int product = e.Product;
        foreach (ReferencePair pair in state.Pairs.Where(pair => product < 0 || pair.Index == product))
        {
            pair.FeedDown = e.Health == HealthFlag.FeedDown ? isBad : pair.FeedDown;
            pair.BlindSinceNs = !pair.FeedDown ? 0 : pair.BlindSinceNs == 0 ? state.NowNs : pair.BlindSinceNs;
            pair.StopsRefused = e.Health == HealthFlag.StopsRefused ? isBad : pair.StopsRefused;
            pair.MovesSlow = e.Health == HealthFlag.StopMovesSlow ? isBad : pair.MovesSlow;
            pair.PaceNs = e.Health == HealthFlag.StopMovesPaced ? e.Quantity : pair.PaceNs;
            pair.SellsAtOnce = e.Health == HealthFlag.SellsAtOnce ? isBad : pair.SellsAtOnce;
            pair.EditsUnproven = e.Health == HealthFlag.StopEditsUnproven ? isBad : pair.EditsUnproven;
        }

        if (isBad)
        {
            state.BadHealth.Add(e.Health);
        }
        else
        {
            state.BadHealth.Remove(e.Health);
        }
    }

    // The same number of coins missing twice, five seconds apart: they are gone, at what they cost.
    private void OnCoins(ref TradingEvent e, ReferencePair pair, ref StateHash hash)
    {
        decimal missing = pair.Shortage(pair.QuantityOf(e.Quantity));
        bool isConfirmed = missing > 0m && missing == pair.MissingCoins
            && state.NowNs - pair.MissingSinceNs >= 5_000_000_000;
        if (missing != pair.MissingCoins)
        {
            pair.MissingCoins = missing;
            pair.MissingSinceNs = state.NowNs;
        }

        if (isConfirmed)
        {
            pair.MissingCoins = 0m;
            decimal cost = missing == pair.Held
                ? pair.Cost
                : decimal.Truncate(pair.Cost * missing / pair.Held * 100_000_000m) / 100_000_000m;
            pair.Cost -= cost;
            pair.Held -= missing;
            state.Cash += cost;
            if (pair.Held == 0m)
            {
                pair.ClosedTrades++;
                pair.WonTrades += pair.TradeRealized > 0m ? 1 : 0;
            }

            e.CoinsLeft = true;
            pair.MustShrink = true;
            state.SampleDrawdown();
            hash.Add(
                state.NowNs, StateHash.OfProduct(pair.Product.ProductId), 33, OrderSide.Sell, default, 0, 0,
                pair.QuantityUnits(missing), 0, RiskVerdict.None);
            hash.Add(cost);
        }

        if (OnBlockedCoins(in e, pair) || isConfirmed)
        {
            protection.Supervise(ref e, pair);
        }

        pair.CoinsInDoubt = pair.Shortage(pair.QuantityOf(e.CumulativeQuantity)) > 0m;
    }

    // Held by orders of others: believed when two looks say the same, and no longer than the venue says so.
    private bool OnBlockedCoins(in TradingEvent e, ReferencePair pair)
    {
        decimal blocked = pair.Shortage(pair.QuantityOf(e.CumulativeQuantity));
        bool isConfirmed = blocked == pair.BlockedCoins && state.NowNs - pair.BlockedSinceNs >= 5_000_000_000;
        if (blocked != pair.BlockedCoins)
        {
            pair.BlockedCoins = blocked;
            pair.BlockedSinceNs = state.NowNs;
        }

        decimal before = pair.ContestedCoins;
        pair.ContestedCoins = isConfirmed ? blocked : Math.Min(before, blocked);
        return pair.ContestedCoins != before;
    }
}
