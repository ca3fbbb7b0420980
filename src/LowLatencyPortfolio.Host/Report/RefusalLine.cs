using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Host.Report;

/// <summary>An entry that the risk gate refused.</summary>
/// <param name="TimeNs">Event time, ns UTC.</param>
/// <param name="ProductId">The pair.</param>
/// <param name="Verdict">The first broken limit.</param>
internal readonly record struct RefusalLine(long TimeNs, string ProductId, RiskVerdict Verdict);
