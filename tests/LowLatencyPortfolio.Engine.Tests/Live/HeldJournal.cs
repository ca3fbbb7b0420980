using System.Collections.Concurrent;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine.Tests;

/// <summary>A journal whose commits happen when the test says so.</summary>
internal sealed class HeldJournal : ISessionJournal
{
    private readonly ConcurrentQueue<IntentAnswer> _answers = new();
    private long _outstanding;

    public ConcurrentQueue<IntentAnswer> Waiting { get; } = new();

    public long Outstanding => Interlocked.Read(ref _outstanding);

    public JournalHealth Health { get; set; }

    public void Append(in StateChange change)
    {
        if (change.WantsAnswer)
        {
            Interlocked.Increment(ref _outstanding);
            Waiting.Enqueue(new IntentAnswer(change.Product, change.OrderSequence, Durable: true, change.MarketEvent));
        }
    }

    public void AnswerOldest(bool durable = true)
    {
        Assert.True(Waiting.TryDequeue(out IntentAnswer answer));
        _answers.Enqueue(answer with { Durable = durable });
        Interlocked.Decrement(ref _outstanding);
    }

    public bool TryTakeAnswer(out IntentAnswer answer) => _answers.TryDequeue(out answer);

    public void Checkpoint(CheckpointWriter state, long marketEvents, long lastEventNs)
    {
    }

    public void Close()
    {
    }
}
