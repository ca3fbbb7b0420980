using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine;

/// <summary>What came of asking for one pair's signal.</summary>
/// <param name="ProductId">The pair's product.</param>
/// <param name="Outcome">Answered, failed or late.</param>
/// <param name="Signal">The answer; null unless answered.</param>
/// <param name="Failure">What the generator threw; null unless failed.</param>
public sealed record SignalCheck(string ProductId, SignalOutcome Outcome, EntrySignal? Signal, Exception? Failure);
