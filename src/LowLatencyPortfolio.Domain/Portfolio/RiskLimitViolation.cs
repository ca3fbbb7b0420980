using System.Globalization;

namespace LowLatencyPortfolio.Domain;

/// <summary>
/// A portfolio limit that is exceeded now, through prices or a changed configuration rather than through an order.
/// </summary>
/// <param name="Limit">Which limit, named by the verdict an order would get.</param>
/// <param name="Subject">The product or group it concerns; <c>portfolio</c> for the whole.</param>
/// <param name="Value">What stands now: quote, or a count of positions.</param>
/// <param name="Allowed">The limit in the same unit: the most allowed, of <see cref="RiskVerdict.InsufficientCapital"/>
/// the least.</param>
public readonly record struct RiskLimitViolation(RiskVerdict Limit, string Subject, decimal Value, decimal Allowed)
{
    /// <summary>One line for a person.</summary>
    /// <returns>Limit, subject, value and what is allowed.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Limit}: {Subject} stands at {Value}, allowed {Allowed}");
}
