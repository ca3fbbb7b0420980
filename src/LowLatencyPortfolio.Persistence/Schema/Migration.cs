namespace LowLatencyPortfolio.Persistence;

/// <summary>One step of the schema.</summary>
/// <param name="Version">What <c>user_version</c> is afterwards; steps rise by one.</param>
/// <param name="Sql">Its statements; they run in one IMMEDIATE transaction together with the new
/// <c>user_version</c>.</param>
internal sealed record Migration(int Version, string Sql);
