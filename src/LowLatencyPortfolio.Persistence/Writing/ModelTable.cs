using SQLitePCL;

namespace LowLatencyPortfolio.Persistence;

/// <summary>Writes versions of what models have learned. One that stands already is written over by itself.</summary>
/// <remarks>Thread: the writer's, inside a transaction.</remarks>
internal sealed class ModelTable(sqlite3 connection) : IDisposable
{
    private readonly Statement _version = new(connection, """
        INSERT OR REPLACE INTO model_parameters(model, version, learned_at, samples, parameters) VALUES (?, ?, ?, ?, ?)
        """);

    public void Write(IReadOnlyList<ModelParameters> versions)
    {
        foreach (ModelParameters row in versions)
        {
            _version.Bind(row.Model);
            _version.Bind(row.Version);
            _version.Bind(row.LearnedAtNs);
            _version.Bind(row.Samples);
            _version.Bind(row.Parameters);
            _version.Run();
        }
    }

    public void Dispose() => _version.Dispose();
}
