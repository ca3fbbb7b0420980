namespace LowLatencyPortfolio.Persistence;

/// <summary>A checkpoint to be committed together with what is queued before it.</summary>
internal sealed class CheckpointRequest : JournalRequest
{
    public ReadOnlyMemory<byte> State { get; set; }

    public ReplayPosition Position { get; set; }

    public bool Finished { get; set; }
}
