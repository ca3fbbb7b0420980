using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Dispatch's handling of what a person has to look at: positions without a stop, exits that wait, coins that left,
/// pairs that move together.
/// </summary>
internal sealed class AlarmClerk(PairSetup[] setups, PositionRecord[] positions, JournalScribe journal)
{
    /// <summary>A position is without a stop for too long, or somebody takes its stops away.</summary>
    public void TellNaked(in TradingEvent e, ref DispatchCounts counts)
    {
        counts.NakedAlarms++;
        ref PositionRecord position = ref positions[e.Product];
        HistoryAction action =
            e.Kind == EventKind.OrderReport ? HistoryAction.StopTaken : HistoryAction.NakedAlarm;
        journal.History(in e, action, position.Trigger, position.Held, positionId: position.Id);
    }

    /// <summary>A position cannot be sold in the product's present state.</summary>
    public void TellBlocked(in TradingEvent e, ref DispatchCounts counts)
    {
        counts.BlockedExits++;
        ref PositionRecord position = ref positions[e.Product];
        journal.History(in e, HistoryAction.ExitBlocked, 0, position.Held, positionId: position.Id);
    }

    /// <summary>News about coins, about pairs that move together, about what the venue lets be done with stops,
    /// about what halts entries until a person has looked, or about what has been away.</summary>
    public void Tell(in TradingEvent e, ref DispatchCounts counts, HashScribe hash)
    {
        if (e.Kind == EventKind.Coins)
        {
            TellCoins(in e, ref positions[e.Product], ref counts, hash);
        }
        else if (e.Kind == EventKind.GroupsChanged)
        {
            hash.GroupChanged(in e);
            journal.Group(in e);
        }
        else if (e.Health == HealthFlag.Outage)
        {
            journal.Outage(in e);
        }
        else if (e.Health == HealthFlag.StopsRefused && e.Quantity != 0)
        {
            journal.History(in e, HistoryAction.StopsRefused, 0, 0);
        }
        else if (e.Health is HealthFlag.OrdersUnexplained or HealthFlag.KeyRefused && e.HaltCause != HaltCause.None)
        {
            HistoryAction action = e.Quantity != 0 ? HistoryAction.EntriesHalted : HistoryAction.EntriesAllowed;
            journal.History(in e, action, 0, 0, e.OrderSequence);
        }
    }

    private void TellCoins(in TradingEvent e, ref PositionRecord position, ref DispatchCounts counts, HashScribe hash)
    {
        ProductSpec product = setups[e.Product].Product;
        if (e.CoinsLeft)
        {
            TakeOut(in e, product, ref position, hash);
            counts.ExternalOuts++;
        }

        long contested = CoinWatch.Shortage(product, position.Held, e.CumulativeQuantity)
            - CoinWatch.Shortage(product, position.Held, e.Quantity);
        if (contested > 0 && !position.IsContested)
        {
            journal.History(in e, HistoryAction.CoinsContested, 0, contested, positionId: position.Id);
        }

        position.IsContested = contested > 0;
    }

    private void TakeOut(in TradingEvent e, ProductSpec product, ref PositionRecord position, HashScribe hash)
    {
        long left = CoinWatch.Shortage(product, position.Held, e.Quantity);
        decimal cost = position.Ledger.TakeOut(product.QuantityOf(left), e.NowNs);
        position.Held -= left;
        position.State = position.Held == 0 ? StopState.Closed : position.State;
        hash.CoinsLeft(in e, left, cost);
        journal.History(in e, HistoryAction.ExternalOut, 0, left, positionId: position.Id, value: cost);
        journal.Position(in e, e.Product, in position);
    }
}
