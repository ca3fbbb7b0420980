namespace LowLatencyPortfolio.Pipeline;

/// <summary>One of the engine's own rules is broken; trading stops, resting stops stay.</summary>
/// <param name="rule">The rule.</param>
public sealed class InvariantException(InvariantRule rule)
    : InvalidOperationException($"the engine's own rule is broken: {rule}")
{
    /// <summary>The rule that is broken.</summary>
    public InvariantRule Rule { get; } = rule;
}
