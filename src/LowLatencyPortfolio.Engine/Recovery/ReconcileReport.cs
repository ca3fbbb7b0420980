using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>How what was written down compares with what the venue says.</summary>
/// <param name="EngineId">Whose orders were looked for.</param>
/// <param name="Venue">Where.</param>
/// <param name="Orders">Our orders that the venue showed.</param>
/// <param name="Lines">The differences, by product and order; none when both agree.</param>
public sealed record ReconcileReport(
    string EngineId, string Venue, int Orders, IReadOnlyList<ReconcileLine> Lines)
{
    /// <summary>Whether both agree.</summary>
    public bool IsClean => Lines.Count == 0;

    /// <summary>Whether a person should look: coins are missing.</summary>
    public bool IsAlarm => Lines.Any(line =>
        line.Finding is ReconcileFinding.CoinsMissing or ReconcileFinding.CoinsUnexplained);
}
