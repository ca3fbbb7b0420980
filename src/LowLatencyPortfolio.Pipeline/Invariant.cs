using System.Diagnostics.CodeAnalysis;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// Our own rules, checked in every build at stage borders. A broken one stops the pipeline: better to stop than to go
/// on wrong.
/// </summary>
public static class Invariant
{
    /// <summary>Checks one rule.</summary>
    /// <param name="holds">What must be true.</param>
    /// <param name="rule">Which rule it is.</param>
    /// <exception cref="InvariantException">The rule is broken.</exception>
    public static void Check([DoesNotReturnIf(false)] bool holds, InvariantRule rule)
    {
        if (!holds)
        {
            Break(rule);
        }
    }

    [DoesNotReturn]
    private static void Break(InvariantRule rule) => throw new InvariantException(rule);
}
