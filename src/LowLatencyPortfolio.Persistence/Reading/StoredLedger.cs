using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Persistence;

/// <summary>Makes a pair's ledger of its rows, to the last digit what the engine that wrote them had.</summary>
/// <remarks>Thread: any. Pure.</remarks>
public static class StoredLedger
{
    /// <summary>Adds the rows up.</summary>
    /// <param name="rows">Every position of one pair, oldest first, at least one.</param>
    /// <returns>The ledger. A trade that is over counts as won by what its row says.</returns>
    public static PositionLedger Of(IReadOnlyList<PositionRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        PositionRow newest = rows[^1];
        return new PositionLedger
        {
            Quantity = newest.Quantity,
            Cost = newest.Cost,
            Realized = rows.Sum(row => row.Realized),
            Fees = rows.Sum(row => row.Fees),
            TradeRealized = newest.Realized,
            TradeFees = newest.Fees,
            BoughtQuantity = newest.BoughtQuantity,
            BoughtValue = newest.BoughtValue,
            SoldQuantity = newest.SoldQuantity,
            SoldValue = newest.SoldValue,
            ClosedTrades = rows.LongCount(row => row.Quantity == 0m),
            WonTrades = rows.LongCount(row => row.Quantity == 0m && row.Realized > 0m),
            OpenedAtNs = newest.OpenedAtNs,
            ClosedAtNs = rows.Max(row => row.ClosedAtNs ?? 0),
        };
    }
}
