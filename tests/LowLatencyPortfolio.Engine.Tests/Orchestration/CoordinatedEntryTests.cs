using System.Collections.Concurrent;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine.Tests;

public sealed class CoordinatedEntryTests
{
    [Fact]
    public async Task The_venue_never_has_more_unacknowledged_entries_than_allowed()
    {
        ScriptedGateway? venue = null;
        TradingEngineOptions options =
            Market.Options(pairs => venue = new ScriptedGateway(pairs) { HoldsReports = true }) with
            {
                Portfolio = new PortfolioConfig
                {
                    MaxConcurrentEntries = 2, MaxCorrelatedExposurePct = 100m, MaxOrderNotional = 100_000m,
                },
            };
        await using MultiPairOrchestrator orchestrator = Market.Started(options, Market.Five);
        await PriceAllAsync(orchestrator);

        Task<IReadOnlyList<EntryResult>> submitting = orchestrator.SubmitCoordinatedEntriesAsync(
            [.. Market.Five.Select(id => Market.Buy(id))], maxConcurrent: 5);
        await Until.True(() => venue!.Sent.Count == 2, "two entries are at the venue");
        await Until.Done(orchestrator.Engine.RefreshBoardAsync());
        await Until.Done(orchestrator.Engine.RefreshBoardAsync());
        Assert.Equal(2, venue!.Sent.Count);
        Assert.Equal(2, orchestrator.AwaitedEntries);

        venue.HoldsReports = false;
        IReadOnlyList<EntryResult> results = await Until.Done(submitting);
        Assert.Equal(Market.Five, results.Select(result => result.ProductId));
        Assert.All(results, result => Assert.True(result.IsSent));
    }

    [Fact]
    public async Task No_more_answers_are_awaited_at_once_than_asked_for()
    {
        HeldJournal journal = new();
        await using MultiPairOrchestrator orchestrator = Market.Started(
            new MultiPairOrchestrator(Market.Options()) { JournalForTests = _ => journal }, Market.Five);
        await PriceAllAsync(orchestrator);
        Task<IReadOnlyList<EntryResult>> submitting = orchestrator.SubmitCoordinatedEntriesAsync(
            [.. Market.Five.Select(id => Market.Buy(id))], maxConcurrent: 1);
        for (int i = 0; i < Market.Five.Length; i++)
        {
            await Until.True(() => journal.Waiting.Count == 1, $"intent {i} waits for its commit");
            await Until.Done(orchestrator.Engine.RefreshBoardAsync());
            Assert.Single(journal.Waiting);
            Assert.Equal(1, orchestrator.AwaitedEntries);
            journal.AnswerOldest();
        }

        Assert.All(await Until.Done(submitting), result => Assert.True(result.IsSent));
    }

    [Fact]
    public async Task Entries_reach_the_ring_in_the_order_of_the_list_however_their_answers_come()
    {
        string[] eight = [.. Market.Five, "BCH-USD", "DOT-USD", "LTC-USD"];
        HeldJournal journal = new();
        await using MultiPairOrchestrator orchestrator = Market.Started(
            new MultiPairOrchestrator(Market.Options()) { JournalForTests = _ => journal }, eight);
        await PriceAllAsync(orchestrator);
        using HesitantList entries = new([.. eight.Select(id => Market.Buy(id))], hesitatesAt: 3);
        Task<IReadOnlyList<EntryResult>> submitting =
            orchestrator.SubmitCoordinatedEntriesAsync(entries, maxConcurrent: 3);
        await Until.True(() => journal.Waiting.Count == 3, "three intents wait for their commit");
        while (!submitting.IsCompleted)
        {
            while (!journal.Waiting.IsEmpty)
            {
                journal.AnswerOldest();
            }

            await Until.True(() => submitting.IsCompleted || !journal.Waiting.IsEmpty, "the next intents wait");
        }

        string name = $"llp-{orchestrator.Engine.EngineId}-1-";
        Assert.Equal(
            Enumerable.Range(1, eight.Length).Select(number => $"{name}{number}"),
            (await Until.Done(submitting)).Select(result => result.OrderId));
    }

    [Fact]
    public async Task Each_pair_gets_its_order_id_or_its_own_refusal()
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(Market.Options(), Market.Five);
        await PriceAllAsync(orchestrator);
        EntrySignal[] entries =
        [
            Market.Buy("BTC-USD"),
            Market.Buy("DOGE-USD"),
            Market.Buy("ETH-USD", limit: 90m),
            Market.Buy("ADA-USD") with { ShouldEnter = false },
            Market.Buy("SOL-USD", limit: 100.000000001m),
            Market.Buy("SOL-USD", limit: 100.001m),
            Market.Buy("SOL-USD", limit: -1m),
            Market.Buy("SOL-USD", quantity: 0m),
            Market.Buy("SOL-USD", quantity: 1_000m),
            Market.Buy("XRP-USD", limit: null, quantity: null),
        ];
        IReadOnlyList<EntryResult> results = await Until.Done(orchestrator.SubmitCoordinatedEntriesAsync(entries));
        Assert.Equal(
            [
                RiskVerdict.Approved, RiskVerdict.ProductNotAllowed, RiskVerdict.LimitOutsideCollar, RiskVerdict.None,
                RiskVerdict.OffIncrement, RiskVerdict.OffIncrement, RiskVerdict.LimitOutsideCollar,
                RiskVerdict.QuantityBelowMinimum, RiskVerdict.PositionSizeAboveLimit, RiskVerdict.Approved,
            ],
            results.Select(result => result.Verdict));
        string id = orchestrator.Engine.EngineId;
        Assert.Equal(8, id.Length);
        Assert.Equal($"llp-{id}-1-1", results[0].OrderId);
        Assert.Equal($"llp-{id}-1-2", results[^1].OrderId);
        Assert.All(
            results.Where(result => result.Verdict != RiskVerdict.Approved), result => Assert.Null(result.OrderId));
    }

    [Fact]
    public async Task An_entry_without_limit_or_quantity_buys_the_configured_size_at_the_market()
    {
        await using MultiPairOrchestrator orchestrator = Market.Started(Market.Options(), "BTC-USD");
        await PriceAllAsync(orchestrator);
        await Until.Done(
            orchestrator.SubmitCoordinatedEntriesAsync([Market.Buy("BTC-USD", limit: null, quantity: null)]));
        await Until.True(
            () =>
            {
                orchestrator.Engine.PublishTick("BTC-USD", 100m, 0m, 0, 0);
                return orchestrator.GetPortfolioStatus().Pair("BTC-USD").Held > 0m;
            },
            "the entry filled");
        Assert.Equal(19.6078m, orchestrator.GetPortfolioStatus().Pair("BTC-USD").Held);     // 2,000 at up to 102
    }

    [Fact]
    public async Task An_entry_whose_intent_cannot_be_committed_is_abandoned_and_never_sent()
    {
        HeldJournal journal = new();
        ScriptedGateway? venue = null;
        await using MultiPairOrchestrator orchestrator = Market.Started(
            new MultiPairOrchestrator(Market.Options(pairs => venue = new ScriptedGateway(pairs)))
            {
                JournalForTests = _ => journal,
            },
            "BTC-USD");
        await PriceAllAsync(orchestrator);
        Task<IReadOnlyList<EntryResult>> submitting =
            orchestrator.SubmitCoordinatedEntriesAsync([Market.Buy("BTC-USD")]);
        await Until.True(() => !journal.Waiting.IsEmpty, "the intent waits for its commit");
        journal.AnswerOldest(durable: false);
        Assert.Equal(RiskVerdict.IntentNotDurable, (await Until.Done(submitting))[0].Verdict);
        Assert.Empty(venue!.Sent);
    }

    // As the engine does those of a close: none waits for another's answer, and the gate keeps room for all.
    [Fact]
    public async Task Entries_that_are_told_one_by_one_are_all_submitted_before_the_first_answer()
    {
        HeldJournal journal = new();
        await using MultiPairOrchestrator orchestrator = Market.Started(
            new MultiPairOrchestrator(Market.Options()) { JournalForTests = _ => journal }, Market.Five);
        await PriceAllAsync(orchestrator);
        ConcurrentQueue<(int Entry, EntryResult Result)> told = new();
        Task submitting = orchestrator.SubmitCoordinatedEntriesAsync(
            [.. Market.Five.Select(id => Market.Buy(id)), Market.Buy("NOT-USD")],
            (entry, result) => told.Enqueue((entry, result)));
        Assert.Equal((5, RiskVerdict.ProductNotAllowed), (told.Single().Entry, told.Single().Result.Verdict));
        Assert.Equal(Market.Five.Length, orchestrator.AwaitedEntries);
        for (int answered = 1; answered <= Market.Five.Length; answered++)
        {
            await Until.True(() => !journal.Waiting.IsEmpty, "an intent waits for its commit");
            journal.AnswerOldest();
            await Until.True(() => told.Count == answered + 1, $"{answered} answers are told");
        }

        await Until.Done(submitting);
        Assert.Equal(
            Market.Five.Select((id, i) => (i, id, true)),
            told.Skip(1).Select(answer => (answer.Entry, answer.Result.ProductId, answer.Result.IsSent)));
    }

    [Fact]
    public async Task Who_stops_the_engine_leaves_nobody_waiting()
    {
        HeldJournal journal = new();
        MultiPairOrchestrator orchestrator = Market.Started(
            new MultiPairOrchestrator(Market.Options() with { StopTimeout = TimeSpan.FromMilliseconds(50) })
            {
                JournalForTests = _ => journal,
            },
            Market.Five);
        await PriceAllAsync(orchestrator);
        Task<IReadOnlyList<EntryResult>> submitting = orchestrator.SubmitCoordinatedEntriesAsync(
            [.. Market.Five.Select(id => Market.Buy(id))], maxConcurrent: 2);
        await Until.True(() => journal.Waiting.Count == 2, "two intents wait");
        await orchestrator.DisposeAsync();
        await Assert.ThrowsAsync<EngineStoppedException>(() => Until.Done(submitting));
        Assert.Equal(0, orchestrator.AwaitedEntries);
    }

    [Fact]
    public async Task Who_cancels_waits_no_longer()
    {
        using CancellationTokenSource cancel = new();
        HeldJournal journal = new();
        await using MultiPairOrchestrator orchestrator = Market.Started(
            new MultiPairOrchestrator(Market.Options()) { JournalForTests = _ => journal }, "BTC-USD");
        await PriceAllAsync(orchestrator);
        Task submitting = orchestrator.SubmitCoordinatedEntriesAsync(
            [Market.Buy("BTC-USD")], cancellationToken: cancel.Token);
        await Until.True(() => !journal.Waiting.IsEmpty, "the intent waits for its commit");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Until.Done(submitting));
        Assert.Equal(0, orchestrator.AwaitedEntries);
        journal.AnswerOldest();
    }

    private static async Task PriceAllAsync(MultiPairOrchestrator orchestrator)
    {
        foreach (PairSetup pair in orchestrator.Engine.Pairs)
        {
            await Until.Done(orchestrator.HandlePriceUpdateAsync(pair.ProductId, 100m));
        }
    }

    /// <summary>Gives one entry away late, so that whoever takes the next one in parallel overtakes it.</summary>
    private sealed class HesitantList(EntrySignal[] entries, int hesitatesAt)
        : IReadOnlyList<EntrySignal>, IDisposable
    {
        private static readonly TimeSpan Hesitation = TimeSpan.FromMilliseconds(200);

        private readonly ManualResetEventSlim _overtaken = new();

        public int Count => entries.Length;

        public EntrySignal this[int index]
        {
            get
            {
                if (index == hesitatesAt + 2)
                {
                    _overtaken.Set();
                }

                // What comes of it does not depend on the time: in order, nobody asks for a later one meanwhile.
                _ = index == hesitatesAt && _overtaken.Wait(Hesitation);
                return entries[index];
            }
        }

        public IEnumerator<EntrySignal> GetEnumerator() => entries.AsEnumerable().GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        public void Dispose() => _overtaken.Dispose();
    }
}
