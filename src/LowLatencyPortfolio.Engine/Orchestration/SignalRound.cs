using LowLatencyPortfolio.Pipeline;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine;

/// <summary>Asks for the signals of all pairs at once; each pair has its own deadline and its own failure.</summary>
internal sealed class SignalRound(ISignalGenerator generator, TimeSpan deadline, TimeProvider time)
{
    public async Task<IReadOnlyList<SignalCheck>> AskAsync(
        IReadOnlyList<PairSetup> pairs, PortfolioSnapshot snapshot, IReadOnlyList<MarketSnapshot>? shown,
        CancellationToken cancellationToken)
    {
        Task<SignalCheck>[] asked = new Task<SignalCheck>[pairs.Count];
        for (int i = 0; i < asked.Length; i++)
        {
            MarketSnapshot market = StatusReport.ForSignals(
                in snapshot.Pairs[i], pairs[i].Product, snapshot.Portfolio.AtNs, shown?[i]);
            asked[i] = AskOneAsync(market, cancellationToken);
        }

        return await Task.WhenAll(asked).ConfigureAwait(false);
    }

    private async Task<SignalCheck> AskOneAsync(MarketSnapshot market, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // On a thread of the pool: a generator that computes before its first await must not hold the other pairs up.
        Task<EntrySignal> answer = Task.Run(
            async () => await generator.GenerateAsync(market.ProductId, market, patience.Token).ConfigureAwait(false),
            CancellationToken.None);
        try
        {
            EntrySignal signal = await answer.WaitAsync(deadline, time, cancellationToken).ConfigureAwait(false);
            return Judge(market.ProductId, signal);
        }
        catch (TimeoutException) when (!answer.IsCompleted)
        {
            Forget(answer);
            return new SignalCheck(market.ProductId, SignalOutcome.Late, null, null);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new SignalCheck(market.ProductId, SignalOutcome.Failed, null, e);
        }
        finally
        {
            await patience.CancelAsync().ConfigureAwait(false);
            Forget(answer);
        }
    }

    private static SignalCheck Judge(string productId, EntrySignal? signal) => signal?.ProductId == productId
        ? new SignalCheck(productId, SignalOutcome.Answered, signal, null)
        : new SignalCheck(productId, SignalOutcome.Failed, null, new InvalidOperationException(
            $"asked about {productId}, the signal generator answered about {signal?.ProductId ?? "nothing"}"));

    /// <summary>A late answer's exception is nobody's any more.</summary>
    private static void Forget(Task answer) => _ = answer.ContinueWith(
        static late => late.Exception,
        CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
}
