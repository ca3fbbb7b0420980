namespace LowLatencyPortfolio.ExchangeSim.Faults;

/// <summary>All that is to go wrong.</summary>
internal sealed record FaultPlan
{
    /// <summary>Nothing goes wrong.</summary>
    public static readonly FaultPlan Empty = new();

    /// <summary>Seed of the probabilities.</summary>
    public int Seed { get; init; }

    /// <summary>How far the server's clock (Date header, server time, judgement of tokens) is ahead of the machine's,
    /// ms; negative: behind.</summary>
    public long ClockSkewMs { get; init; }

    /// <summary>In the order in which they are asked.</summary>
    public IReadOnlyList<FaultRule> Rules { get; init; } = [];

    /// <summary>What the venue itself does wrong; null when the plan does not say: then the venue's faults
    /// stay.</summary>
    public IReadOnlyList<VenueFault>? Venue { get; init; }
}
