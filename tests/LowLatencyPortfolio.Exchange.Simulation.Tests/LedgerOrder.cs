namespace LowLatencyPortfolio.Exchange.Simulation.Tests;

/// <summary>An order as the exchange's ledger has it.</summary>
internal sealed record LedgerOrder
{
    public required string OrderId { get; init; }

    public required string ClientId { get; init; }

    public required string Product { get; init; }

    public required string Side { get; init; }

    public required string Status { get; init; }

    public required string Kind { get; init; }

    public required decimal Size { get; init; }

    public required decimal StopPrice { get; init; }

    public required decimal LimitPrice { get; init; }

    public required decimal Filled { get; init; }

    public required decimal FilledValue { get; init; }

    public required decimal Fees { get; init; }

    public required int Edits { get; init; }

    public required bool IsTriggered { get; init; }

    public required bool IsForeign { get; init; }

    public bool IsSell => Side == "SELL";

    public bool IsStop => StopPrice != 0m;

    public bool IsLive => Status is not ("FILLED" or "CANCELLED" or "EXPIRED" or "FAILED");

    public bool IsOf(string engineId) => ClientId.StartsWith($"llp-{engineId}-", StringComparison.Ordinal);
}
