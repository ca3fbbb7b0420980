using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine;

/// <summary>Sends entries to the risk gate, so many at a time, and awaits what it says of each.</summary>
/// <remarks>
/// Entries of one call reach the ring in their order: one flow posts them, one after the other, and only the answers
/// are awaited side by side. Where the gate has room for some of them only, the first ones get it.
/// </remarks>
internal sealed class EntryCoordinator(TradingEngine engine, EntryCallers callers)
{
    public async Task<IReadOnlyList<EntryResult>> SubmitAsync(
        IReadOnlyList<EntrySignal> entries, int maxConcurrent, CancellationToken cancellationToken)
    {
        Task<EntryResult>[] asked = new Task<EntryResult>[entries.Count];
        using SemaphoreSlim slots = new(Math.Min(maxConcurrent, engine.Portfolio.MaxConcurrentEntries));
        for (int i = 0; i < asked.Length; i++)
        {
            // No token: who is cancelled answers at once and gives the slot back.
            await slots.WaitAsync(CancellationToken.None).ConfigureAwait(false);
            asked[i] = SubmitInSlotAsync(entries[i], slots, cancellationToken);
        }

        return await Task.WhenAll(asked).ConfigureAwait(false);
    }

    /// <summary>
    /// Posts all entries at once, in their order; what the gate has no slot for waits there, counted and reserved.
    /// </summary>
    /// <returns>The answers to come, by entry.</returns>
    public Task<EntryResult>[] Post(IReadOnlyList<EntrySignal> entries, CancellationToken cancellationToken) =>
        [.. entries.Select(entry => SubmitOneAsync(entry, cancellationToken))];

    private async Task<EntryResult> SubmitInSlotAsync(
        EntrySignal entry, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        try
        {
            return await SubmitOneAsync(entry, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ = slots.Release();
        }
    }

    // Posts before it first waits: whoever calls it twice has posted in that order.
    private async Task<EntryResult> SubmitOneAsync(EntrySignal entry, CancellationToken cancellationToken)
    {
        RiskVerdict refusal = Read(entry, out int product, out long limit, out long quantity);
        if (refusal != RiskVerdict.Approved)
        {
            return new EntryResult(entry.ProductId, refusal, OrderId: null);
        }

        OrderType type = limit == 0 ? OrderType.Market : OrderType.Limit;
        (RiskVerdict verdict, string? orderId) = await AnswerAsync(
            source => engine.Input.PostEntry(product, type, limit, quantity, source), cancellationToken)
            .ConfigureAwait(false);
        return new EntryResult(entry.ProductId, verdict, orderId);
    }

    /// <summary>Asks for one rebalance and awaits what is said of it.</summary>
    public async Task<RebalanceResult> RebalanceAsync(
        RebalanceAction action, RebalanceOrder order, CancellationToken cancellationToken)
    {
        (RiskVerdict verdict, string? orderId) = await AnswerAsync(
            source => engine.Input.PostRebalance(in order, source), cancellationToken).ConfigureAwait(false);
        return new RebalanceResult(action, verdict, orderId);
    }

    private async Task<(RiskVerdict Verdict, string? OrderId)> AnswerAsync(
        Action<int> post, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (int source, Task<(RiskVerdict Verdict, long Sequence)> answer) = callers.Add();
        try
        {
            post(source);
            if (engine.Completion.IsCompleted)
            {
                throw new EngineStoppedException("the engine ended before it answered", engine.Fault);
            }

            (RiskVerdict verdict, long sequence) = await answer.WaitAsync(cancellationToken).ConfigureAwait(false);
            return (verdict, verdict == RiskVerdict.Approved ? engine.OrderIdOf(sequence) : null);
        }
        finally
        {
            callers.Forget(source);
        }
    }

    private RiskVerdict Read(EntrySignal entry, out int product, out long limit, out long quantity)
    {
        limit = 0;
        quantity = 0;
        product = -1;
        if (!entry.ShouldEnter)
        {
            return RiskVerdict.None;
        }

        if (!engine.TryIndexOf(entry.ProductId, out product))
        {
            return RiskVerdict.ProductNotAllowed;
        }

        return EntryTerms.Read(entry, engine.Pairs[product].Product, out limit, out quantity);
    }
}
