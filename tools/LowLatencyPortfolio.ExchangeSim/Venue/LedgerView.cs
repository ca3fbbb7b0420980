namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>The truth at one moment: every account, position, order, fill and transfer since the start.</summary>
/// <param name="Violations">Identities that do not hold; empty unless the venue itself is wrong.</param>
public sealed record LedgerView(
    long NowNs,
    IReadOnlyList<AccountView> Accounts,
    IReadOnlyList<PositionView> Positions,
    IReadOnlyList<OrderView> Orders,
    IReadOnlyList<FillView> Fills,
    IReadOnlyList<TransferView> Transfers,
    IReadOnlyList<string> Violations);
