namespace LowLatencyPortfolio.ExchangeSim.CommandLine;

/// <summary>The arguments as they were written; null for those that were not.</summary>
internal sealed record WrittenOptions
{
    public IReadOnlyList<string> Ticks { get; init; } = [];
    public string? Speed { get; init; }
    public string? Start { get; init; }
    public bool Rebase { get; init; }
    public string? Port { get; init; }
    public string? RawPort { get; init; }
    public bool RawPoll { get; init; }
    public string? Balances { get; init; }
    public string? Latency { get; init; }
    public string? Fees { get; init; }
    public string? Wire { get; init; }
    public string? Limits { get; init; }
    public string? Products { get; init; }
    public string? Faults { get; init; }
    public string? KeyFile { get; init; }
    public string? KeyKind { get; init; }
    public string? Certificate { get; init; }
}
