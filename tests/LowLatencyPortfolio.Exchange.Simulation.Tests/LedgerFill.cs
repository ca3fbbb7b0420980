namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>One execution as the exchange's ledger has it; size in base.</summary>
internal sealed record LedgerFill(
    string OrderId, string Side, decimal Price, decimal Size, decimal Fee, string Liquidity)
{
    public decimal Value => Price * Size;

    public bool IsSell => Side == "SELL";
}
