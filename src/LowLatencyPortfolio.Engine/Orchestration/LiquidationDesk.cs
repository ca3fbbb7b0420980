using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>
/// Gives orders to liquidate and follows them until every exit is answered, and on until every pair is flat.
/// </summary>
/// <remarks>
/// The stages do the work and never give up; this only watches. What it hears on Dispatch's thread is checked against
/// the board, because "flat" is said of a pair that also might be between two stops; the board is looked at ten times a
/// second besides, for what makes no noise.
/// </remarks>
internal sealed class LiquidationDesk(TradingEngine engine, TimeSpan deadline)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly PortfolioSnapshot _heard = engine.Board.NewSnapshot();     // Dispatch's thread only
    private LiquidationWatch[] _watches = [];

    /// <summary>Dispatch's thread: cheap while nobody liquidates.</summary>
    public void Note(int product, ExitProgress progress)
    {
        LiquidationWatch[] watches = Volatile.Read(ref _watches);
        if (watches.Length == 0)
        {
            return;
        }

        engine.Board.Read(_heard);
        bool isFlat = progress == ExitProgress.Flat
            && LiquidationWatch.IsFlat(in _heard.Pairs[product], engine.Pairs[product].Product);
        foreach (LiquidationWatch watch in watches)
        {
            watch.Note(product, progress, isFlat);
        }
    }

    public void EndAll(Exception cause)
    {
        foreach (LiquidationWatch watch in Volatile.Read(ref _watches))
        {
            watch.End(cause);
        }
    }

    /// <param name="product">Index of the pair; −1 is the portfolio.</param>
    /// <param name="cancellationToken">Ends the waiting, not the liquidation.</param>
    public async Task<LiquidationResult> LiquidateAsync(int product, CancellationToken cancellationToken)
    {
        LiquidationWatch watch = new(engine.Pairs.Count);
        Register(watch);
        try
        {
            PortfolioSnapshot before = Look();
            await engine.ControlAsync(ControlAction.Liquidate, product)
                .WaitAsync(cancellationToken).ConfigureAwait(false);
            await engine.RefreshBoardAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            int[] pairs = product >= 0 ? [product] : Concerned(watch, before, Look());
            await AnsweredAsync(watch, pairs, cancellationToken).ConfigureAwait(false);
            return new LiquidationResult(OutcomesOf(watch, pairs), Watched(FlatAsync(watch, pairs)));
        }
        catch
        {
            Unregister(watch);
            throw;
        }
    }

    private int[] Concerned(LiquidationWatch watch, PortfolioSnapshot before, PortfolioSnapshot after) =>
        [.. engine.Pairs
            .Where(pair => watch.HasHeardOf(pair.Index) || HasSomething(before, pair) || HasSomething(after, pair))
            .Select(pair => pair.Index)];

    private static bool HasSomething(PortfolioSnapshot snapshot, PairSetup pair) =>
        !LiquidationWatch.IsFlat(in snapshot.Pairs[pair.Index], pair.Product);

    private async Task AnsweredAsync(LiquidationWatch watch, int[] pairs, CancellationToken cancellationToken)
    {
        long begun = engine.Time.GetTimestamp();
        while (true)
        {
            Task pulse = watch.NextPulse();
            PortfolioSnapshot now = Look();
            bool isAnswered = pairs.All(pair => OutcomeOf(watch, now, pair) is not null);
            if (isAnswered || engine.Time.GetElapsedTime(begun) >= deadline)
            {
                return;
            }

            watch.ThrowIfEnded();
            await NextLookAsync(pulse, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FlatAsync(LiquidationWatch watch, int[] pairs)
    {
        try
        {
            while (true)
            {
                Task pulse = watch.NextPulse();
                PortfolioSnapshot now = Look();
                if (pairs.All(pair => OutcomeOf(watch, now, pair) == LiquidationOutcome.Closed))
                {
                    return;
                }

                watch.ThrowIfEnded();
                await NextLookAsync(pulse, CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            Unregister(watch);
        }
    }

    /// <summary>Nobody has to await it: its exception is looked at here.</summary>
    private static Task Watched(Task flat)
    {
        _ = flat.ContinueWith(
            static ended => ended.Exception,
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return flat;
    }

    private async Task NextLookAsync(Task pulse, CancellationToken cancellationToken)
    {
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = await Task.WhenAny(pulse, Task.Delay(LookAgain, engine.Time, enough.Token)).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private PairLiquidation[] OutcomesOf(LiquidationWatch watch, int[] pairs)
    {
        PortfolioSnapshot now = Look();
        return [.. pairs.Select(pair => new PairLiquidation(
            engine.Pairs[pair].ProductId, OutcomeOf(watch, now, pair) ?? LiquidationOutcome.Pending))];
    }

    private LiquidationOutcome? OutcomeOf(LiquidationWatch watch, PortfolioSnapshot now, int pair) =>
        watch.OutcomeOf(pair, in now.Pairs[pair], engine.Pairs[pair].Product);

    private PortfolioSnapshot Look()
    {
        PortfolioSnapshot snapshot = engine.Board.NewSnapshot();
        engine.Board.Read(snapshot);
        return snapshot;
    }

    private void Register(LiquidationWatch watch)
    {
        lock (_gate)
        {
            Volatile.Write(ref _watches, [.. _watches, watch]);
        }

        if (engine.Completion.IsCompleted)
        {
            watch.End(new EngineStoppedException());
        }
    }

    private void Unregister(LiquidationWatch watch)
    {
        lock (_gate)
        {
            Volatile.Write(ref _watches, [.. _watches.Where(other => other != watch)]);
        }
    }
}
