using System.Collections.Concurrent;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// For an engine without a database: keeps nothing, and answers every intent at once, through the ring like a real
/// commit.
/// </summary>
internal sealed class UnstoredJournal(Action wake) : ISessionJournal
{
    private readonly ConcurrentQueue<IntentAnswer> _answers = new();

    public long Outstanding => 0;

    public JournalHealth Health => JournalHealth.Ok;

    public void Append(in StateChange change)
    {
        if (change.WantsAnswer)
        {
            _answers.Enqueue(new IntentAnswer(change.Product, change.OrderSequence, Durable: true, change.MarketEvent));
            wake();
        }
    }

    public bool TryTakeAnswer(out IntentAnswer answer) => _answers.TryDequeue(out answer);

    public void Checkpoint(CheckpointWriter state, long marketEvents, long lastEventNs)
    {
        // Nothing is kept, so there is nothing to come back to.
    }

    public void Close()
    {
        // Nothing is open.
    }
}
