namespace LowLatencyPortfolio.ExchangeSim.Faults;

/// <summary>The words of a fault plan.</summary>
internal static class FaultNames
{
    public static readonly IReadOnlyDictionary<string, FaultTarget> Targets = new Dictionary<string, FaultTarget>
    {
        ["create"] = FaultTarget.Create,
        ["cancel"] = FaultTarget.Cancel,
        ["edit"] = FaultTarget.Edit,
        ["query"] = FaultTarget.Query,
        ["market-ws"] = FaultTarget.MarketSocket,
        ["user-ws"] = FaultTarget.UserSocket,
    };

    public static readonly IReadOnlyDictionary<string, FaultKind> Kinds = new Dictionary<string, FaultKind>
    {
        ["lost-ack"] = FaultKind.LostAck,
        ["server-error"] = FaultKind.ServerError,
        ["delay"] = FaultKind.Delay,
        ["duplicate"] = FaultKind.Duplicate,
        ["reorder"] = FaultKind.Reorder,
        ["sequence-gap"] = FaultKind.SequenceGap,
        ["stall"] = FaultKind.Stall,
        ["disconnect"] = FaultKind.Disconnect,
        ["half-open"] = FaultKind.HalfOpen,
        ["too-many-requests"] = FaultKind.TooManyRequests,
        ["hostile-price"] = FaultKind.HostilePrice,
        ["hostile-json"] = FaultKind.HostileJson,
        ["mute"] = FaultKind.Mute,
        ["stale"] = FaultKind.Stale,
    };
}
