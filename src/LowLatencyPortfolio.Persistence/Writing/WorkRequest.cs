namespace LowLatencyPortfolio.Persistence;

/// <summary>Work on the writer's connection, outside any transaction and with nothing queued.</summary>
internal sealed class WorkRequest(Action work) : JournalRequest
{
    public Action Work { get; } = work;
}
