using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>Gives fresh stages what was written down of a portfolio.</summary>
/// <remarks>
/// An order whose answer never came is unknown, whatever was written: it counts, and blocks its pair, until the venue's
/// word on it comes as a report. Every pair that has something is supervised at the first timer, and a position without
/// a stop is naked from then on: its clock does not count the time in which nobody could have placed one.
/// </remarks>
internal static class StageRecovery
{
    public static void Apply(StageSet stages, PairSetup[] setups, StoredPortfolio stored)
    {
        foreach (StoredOrder order in stored.Orders.OrderBy(order => order.Sequence))
        {
            OrderEntry entry = EntryOf(order, stored.AtNs);
            stages.Ratchet.Recover(in entry);
            stages.RiskGate.Recover(in entry);
            stages.Dispatch.Recover(in entry);
        }

        stages.Normalize.SetTime(stored.AtNs, ticks: 0);
        foreach (StoredPosition position in stored.Positions)
        {
            long held = Units(setups[position.Product], position.Ledger.Quantity);
            stages.Ratchet.Recover(position, held, stored.AtNs);
            long entryPrice = EntryPrice(setups[position.Product], position.Ledger);
            stages.RiskGate.Recover(position, held, position.Mark > 0 ? position.Mark : entryPrice);
            stages.Dispatch.Recover(RecordOf(position, setups[position.Product], held), position.Product);
        }

        foreach ((int product, long contested) in stored.ContestedCoins)
        {
            stages.Ratchet.RecoverContested(product, contested);
        }

        stages.RiskGate.Recover(stored);
        stages.Dispatch.RecoverNumbers(stored.LastPositionId);
        stages.Ratchet.Recover(stored.Mode);
    }

    private static OrderEntry EntryOf(StoredOrder order, long atNs) => new()
    {
        Sequence = order.Sequence,
        Product = (short)order.Product,
        Side = order.Side,
        Type = order.Type,
        Purpose = order.Purpose,
        State = order.State is OrderState.Intended or OrderState.Submitted ? OrderState.Unknown : order.State,
        Limit = order.Limit,
        Trigger = order.Trigger,
        Quantity = order.Quantity,
        Cumulative = order.Cumulative,
        FilledValue = order.FilledValue,
        Fees = order.Fees,
        CreatedAtNs = Math.Min(order.CreatedAtNs, atNs),        // of a clock that was ahead, it would never be old
        PositionId = order.PositionId,
    };

    private static PositionRecord RecordOf(StoredPosition position, PairSetup setup, long held) => new()
    {
        Ledger = position.Ledger,
        Id = position.PositionId,
        Held = held,
        BoughtQuantity = Units(setup, position.Ledger.BoughtQuantity),
        SoldQuantity = Units(setup, position.Ledger.SoldQuantity),
        Trigger = position.Trigger,
        Highest = position.Highest,
        OpenedAtNs = position.Ledger.OpenedAtNs,
        Ratchets = position.Ratchets,
        State = held == 0 ? StopState.Closed : StopState.Placing,
        Reason = position.Reason,
    };

    private static long Units(PairSetup setup, decimal quantity) =>
        decimal.ToInt64(quantity * setup.Product.QuantityScale);

    private static long EntryPrice(PairSetup setup, PositionLedger ledger) => ledger.Quantity == 0m
        ? 0
        : Math.Max(1, decimal.ToInt64(ledger.EntryPrice * setup.Product.PriceScale));
}
