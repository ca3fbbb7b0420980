using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// One live session on a database: where it begins, what it appends, and the checkpoint that says it ended in order.
/// </summary>
/// <remarks>
/// A clean stop leaves a checkpoint named <c>live-epoch</c>; the next start finds the name of the last session there,
/// or knows that it did not stop in order. A state of another layout counts as none. Nothing has to be written at a
/// start for that but the epoch, which every start raises anyway.
/// </remarks>
internal sealed class StoredJournal : ISessionJournal
{
    /// <summary>Changes that may wait without allocating: what one second of heavy trading appends.</summary>
    private const int WarmChanges = 4_096;

    private readonly StateJournal _journal;

    private StoredJournal(
        StateJournal journal, PortfolioDatabase database, ReadOnlyMemory<byte> state, StoredSession? broken)
    {
        _journal = journal;
        Mode = database.Portfolio().Mode;
        Halt = StandingHalt.Read(database);
        Resume = StandingResume.Read(database);
        State = state;
        Broken = broken;
    }

    public string Path => _journal.Path;

    public string EngineId => _journal.EngineId;

    public long Epoch => _journal.Epoch;

    /// <summary>State at the end of the last session; empty when there was none.</summary>
    public ReadOnlyMemory<byte> State { get; }

    /// <summary>
    /// The last session as its rows tell it, when it did not stop in order; null when there is none such.
    /// </summary>
    public StoredSession? Broken { get; }

    /// <summary>The stored mode, for a start without state.</summary>
    public TradingMode Mode { get; }

    /// <summary>Why entries wait for a person since an earlier session; null when they do not.</summary>
    public StandingHalt? Halt { get; }

    /// <summary>What a person has asked this start for, so that the portfolio trades again; null for nothing.</summary>
    public ControlAction? Resume { get; }

    public long Outstanding => _journal.Outstanding;

    public JournalHealth Health => _journal.Health;

    public TimeSpan Lag => _journal.Lag;

    /// <summary>Opens or makes the database of an engine.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="portfolio">Capital and limits.</param>
    /// <param name="pairs">The pairs by index.</param>
    /// <param name="venue">Where the engine trades; null when its venue cannot be asked about a broken session.</param>
    /// <param name="nowNs">Now, ns UTC: a state from later is not taken back, for its timers would stand still.</param>
    /// <exception cref="JournalException">
    /// The file cannot be used, or its last session did not stop in order, had sent orders, and traded elsewhere than
    /// at a venue that can be asked what became of them.
    /// </exception>
    public static StoredJournal Open(
        string path, JournalOptions options, PortfolioConfig portfolio, PairSetup[] pairs, string? venue,
        long nowNs)
    {
        // What is restored was reckoned with the old capital: another one is refused when the file is opened.
        StateJournal journal = StateJournal.Open(path, options with { Recapitalize = false }, portfolio, pairs);
        try
        {
            return LastSession(journal, pairs, venue, nowNs);
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Begins the session: from here on a crash is told from a clean stop.</summary>
    /// <param name="venue">Where it trades.</param>
    /// <param name="corrections">What is corrected of the last session first, under its number, as one event.</param>
    /// <exception cref="JournalException">The database holds a replay, or cannot be written.</exception>
    public void Begin(string? venue, IReadOnlyList<StateChange> corrections)
    {
        for (int i = 0; i < corrections.Count; i++)
        {
            _journal.Append(corrections[i] with { EndOfEvent = i == corrections.Count - 1 });
        }

        if (!_journal.WaitUntilQueuedAtMost(0))
        {
            throw new JournalException(
                $"{_journal.Path} cannot be written ({_journal.Fault}); check the disk, then start again");
        }

        _ = _journal.RaiseEpoch(venue, isAnew: State.IsEmpty && Broken is null);
        _journal.Warm(WarmChanges);
    }

    public void Append(in StateChange change) => _journal.Append(in change);

    public bool TryTakeAnswer(out IntentAnswer answer) => _journal.TryTakeAnswer(out answer);

    public void Checkpoint(CheckpointWriter state, long marketEvents, long lastEventNs) => _journal.WriteCheckpoint(
        state.Written, new ReplayPosition(NameOf(Epoch), marketEvents, lastEventNs), finished: true);

    /// <exception cref="JournalException">They were not stored.</exception>
    public void WriteRows(ReaderRows rows) => _journal.WriteRows(rows);

    public void Close() => _journal.Complete();

    private static StoredJournal LastSession(StateJournal journal, PairSetup[] pairs, string? venue, long nowNs)
    {
        using PortfolioDatabase database = PortfolioDatabase.OpenReadOnly(journal.Path);
        CheckpointRow? stop = SessionRecovery.StopOf(journal.Epoch, database);
        bool isAhead = stop is not null && stop.Position.LastEventNs - nowNs > SessionRecovery.MostAheadNs;
        if (stop is not null && !isAhead && SessionState.IsReadable(stop.State))
        {
            return new StoredJournal(journal, database, stop.State, broken: null);
        }

        if (journal.Epoch == 0 || (journal.LastOrderSequence == 0 && journal.LastPositionId == 0))
        {
            return new StoredJournal(journal, database, ReadOnlyMemory<byte>.Empty, broken: null);
        }

        string traded = database.Meta().GetValueOrDefault("venue", string.Empty);
        if (venue is null || traded != venue)
        {
            throw new JournalException(
                $"{journal.Path}: session {NameOf(journal.Epoch)} "
                + (stop is null ? "did not stop in order"
                    : isAhead ? "stored its state at a time that this machine's clock has yet to reach"
                    : "stored its state in another layout than this program's")
                + ", and what its orders became "
                + (traded.Length == 0 ? "cannot be asked" : $"can only be asked at its venue, {traded}")
                + "; look at its positions and orders, then start there, or on another database");
        }

        return new StoredJournal(
            journal, database, ReadOnlyMemory<byte>.Empty, SessionRecovery.Read(database, pairs));
    }

    /// <summary>Under which name a session's state is stored when it stops in order.</summary>
    public static string NameOf(long epoch) => "live-" + epoch.ToString(CultureInfo.InvariantCulture);
}
