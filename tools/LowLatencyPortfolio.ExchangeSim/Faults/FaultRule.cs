namespace LowLatencyPortfolio.ExchangeSim.Faults;

/// <summary>One line of a fault plan.</summary>
/// <param name="On">What it strikes.</param>
/// <param name="Fault">What goes wrong.</param>
internal sealed record FaultRule(FaultTarget On, FaultKind Fault)
{
    /// <summary>Only requests and messages about this product; null for all.</summary>
    public string? Product { get; init; }

    /// <summary>Only messages of this channel, by the name that is subscribed to; null for all.</summary>
    public string? Channel { get; init; }

    /// <summary>Only requests whose path begins so, as <c>/api/v3/brokerage/products</c>; null for all.</summary>
    public string? Path { get; init; }

    /// <summary>Numbers, from 1, of the occurrences that are struck. Empty: by probability.</summary>
    public IReadOnlyList<int> Nth { get; init; } = [];

    /// <summary>Share of the occurrences that are struck, 0 to 1. 1 when the rule names no occurrence.</summary>
    public double Probability { get; init; }

    /// <summary>How many occurrences in a row are struck once one is: a burst or storm.</summary>
    public int Count { get; init; } = 1;

    /// <summary>After so many strikes the rule rests; null for never.</summary>
    public int? Times { get; init; }

    /// <summary>Length of a delay, or of the wait before a lost answer's connection is cut, ms.</summary>
    public int Milliseconds { get; init; } = 1_000;

    /// <summary>Which form of the fault; <see cref="FaultVariants"/> lists them, the first is the default.</summary>
    public string Variant { get; init; } = string.Empty;
}
