using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>What the live engine needs of a journal: a sink whose answers to intents can be taken.</summary>
internal interface ISessionJournal : IStateSink
{
    /// <summary>Intents whose answer cannot be taken yet.</summary>
    long Outstanding { get; }

    JournalHealth Health { get; }

    /// <summary>How long the oldest change has waited for its commit; any thread.</summary>
    TimeSpan Lag => TimeSpan.Zero;

    /// <summary>Takes the oldest answer to an intent; the engine's thread.</summary>
    bool TryTakeAnswer(out IntentAnswer answer);

    /// <summary>Stores the whole state at the end of a session; at quiescence.</summary>
    void Checkpoint(CheckpointWriter state, long marketEvents, long lastEventNs);

    /// <summary>Commits what waits and closes.</summary>
    /// <exception cref="JournalException">Something could not be committed.</exception>
    void Close();
}
