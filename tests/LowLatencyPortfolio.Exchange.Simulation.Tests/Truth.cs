using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Engine;

namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>What must hold at the end of every test, whatever went wrong in it.</summary>
internal static class Truth
{
    /// <summary>
    /// Waits until engine and ledger agree and every position is covered, then checks what may never have been
    /// otherwise.
    /// </summary>
    public static async Task HoldsAsync(Trader trader)
    {
        string engineId = trader.Engine.EngineId;
        await trader.UntilAsync(
            async () =>
            {
                VenueLedger ledger = await trader.Admin.LedgerAsync();
                PortfolioStatus status = trader.Status;
                return trader.Products.All(
                    product => Agrees(ledger, engineId, product, status.Pair(product.ProductId)));
            },
            "engine and ledger agree, and every position is covered");
        VenueLedger truth = await trader.Admin.LedgerAsync();
        Assert.Empty(truth.Violations);
        Assert.Null(trader.Engine.Fault);
        Assert.All(
            truth.Orders.Where(order => order.IsOf(engineId)).GroupBy(order => order.ClientId),
            sameId => Assert.Single(sameId));
        foreach (ProductSpec product in trader.Products)
        {
            decimal held = 0m;
            foreach (LedgerFill fill in truth.FillsOf(engineId, product.ProductId))
            {
                held += fill.IsSell ? -fill.Size : fill.Size;
                Assert.True(held >= 0m, $"{product.ProductId}: sold more than was held");
            }
        }
    }

    private static bool Agrees(VenueLedger ledger, string engineId, ProductSpec product, PairStatus pair)
    {
        decimal held = ledger.FillsOf(engineId, pair.ProductId).Sum(fill => fill.IsSell ? -fill.Size : fill.Size);
        LedgerOrder[] sells =
            [.. ledger.OrdersOf(engineId, pair.ProductId).Where(order => order is { IsLive: true, IsSell: true })];
        decimal toCover = held < product.MinQuantity ? 0m : held;
        return pair.Held == held && sells.Sum(order => order.Size - order.Filled) == toCover
            && sells.All(order => order.IsStop);
    }
}
