using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>An order and the start that made it.</summary>
internal sealed record WrittenOrder(StoredOrder Order, long Epoch);
