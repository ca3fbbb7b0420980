namespace LowLatencyPortfolio.ExchangeSim.Rest;

/// <summary>POST /admin/faults: all venue faults from now on; an empty list heals everything.</summary>
internal sealed record AdminFaults(IReadOnlyList<AdminFault> Faults);
