namespace LowLatencyPortfolio.Pipeline;

/// <summary>
/// What a stage asks Dispatch to turn into <see cref="EventKind.Control"/> events, because it concerns other pairs or
/// an earlier stage.
/// </summary>
/// <remarks>
/// Dispatch works them off in the order of their values; what concerns every pair goes out in product order.
/// </remarks>
[Flags]
public enum StageRequest : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>RiskGate: <see cref="ControlAction.DecisionRefused"/> for the event's own pair.</summary>
    RefuseDecision = 1,

    /// <summary>Ratchet: <see cref="ControlAction.Supervise"/> for every pair.</summary>
    SuperviseAll = 2,

    /// <summary>RiskGate: <see cref="ControlAction.BarEntries"/> for every pair.</summary>
    CancelAllEntries = 4,

    /// <summary>RiskGate: <see cref="ControlAction.SuspendStopMoves"/> for every pair.</summary>
    SuspendAll = 8,

    /// <summary>RiskGate: <see cref="ControlAction.AllowStopMoves"/> for every pair.</summary>
    AllowAll = 16,

    /// <summary>RiskGate: <see cref="ControlAction.ReviewEntry"/> for the pair in <c>ReviewProduct</c>.</summary>
    ReviewEntry = 32,

    /// <summary>RiskGate: <see cref="ControlAction.Liquidate"/> for the pair in <c>LiquidateProduct</c>.</summary>
    Liquidate = 64,

    /// <summary>
    /// Ratchet: no control event; Dispatch tells that the event's pair is without a stop for too long.
    /// </summary>
    TellNaked = 128,
}
