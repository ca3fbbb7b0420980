namespace LowLatencyPortfolio.Persistence;

/// <summary>
/// A checkpoint, or rows for readers alone, to be committed together with what is queued before it.
/// </summary>
internal sealed class CheckpointRequest : JournalRequest
{
    /// <summary>Only prices and models are to be written: what is stored of the state stands.</summary>
    public bool IsRowsOnly { get; init; }

    public ReadOnlyMemory<byte> State { get; set; }

    public ReplayPosition Position { get; set; }

    public bool Finished { get; set; }

    /// <summary>Asked for on the writer's thread, while the asking thread waits; null leaves the stored ones.</summary>
    public Func<IReadOnlyList<MarkRow>>? Marks { get; set; }

    /// <summary>Versions to add to what models have learned.</summary>
    public IReadOnlyList<ModelParameters> Models { get; set; } = [];
}
